from jtextkit.tasks.requests import Selection as Selection
from jtextkit.tasks.requests import TaskRequest as TaskRequest
from jtextkit.tasks.requests import requests_of as requests_of
from jtextkit.tasks.task import TASKS as TASKS
from jtextkit.tasks.task import PromptWording as PromptWording
from jtextkit.tasks.task import Task as Task
from jtextkit.tasks.task import task_named as task_named
