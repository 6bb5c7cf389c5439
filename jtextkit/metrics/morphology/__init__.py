"""UniDic words and their classes: dictionaries, analysers, counts."""
