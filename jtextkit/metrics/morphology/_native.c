/* Exact counting of UniDic words: MeCab's search, on an image made for it.
 *
 * Three things are offered to Python (image.py says how they go together):
 *
 *   image(...)                           the image of a dictionary: bytes that a Core reads
 *   Core(image, identity)                counts the words of texts, and lists them
 *   opinion(...)                         what a profile says of such counts
 *
 * The search finds the way through a text that MeCab 0.996 finds, ties included. What it leaves out
 * is work whose result cannot matter:
 *
 *   Bounds. Let k be the cheapest word that ends at a place, and l another one that ends there. If
 *   cost(l) - cost(k) exceeds what joining l instead of k can save in front of any word whatever
 *   (Image.bounds), no best way leads over l. The comparison is strict, so ties stay.
 *
 *   Decided places. Where one word alone is left and none reaches over the place, all before is
 *   decided: it is counted and forgotten. That happens every few characters, so memory is constant
 *   and long texts need no cutting. Where it does not happen for long, words give way to sums.
 *
 * MeCab's order among equals: later starts first; of one start known words first, as the
 * dictionary orders them, then unknown ones. Here what is added last is met first.
 *
 * No state is global. A Core is read-only but for its list of idle workspaces, which is touched
 * under the interpreter's lock alone; the search runs without it.
 */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__GNUC__) && defined(__x86_64__)
#define WITH_AVX2 1
#define HAS_AVX2 __builtin_cpu_supports("avx2")
#include <immintrin.h>
#else
#define WITH_AVX2 0
#define HAS_AVX2 0
#endif

#if defined(__GNUC__)
#define INLINE static inline __attribute__((always_inline))
#elif defined(_MSC_VER)
#define INLINE static __forceinline
#else
#define INLINE static inline
#endif

#if defined(__GNUC__)
#define PREFETCH(address) __builtin_prefetch(address)
#else
#define PREFETCH(address) ((void)(address))
#endif

/* ---------------------------------------------------------------- the image */

enum {
    FORMAT = 1,
    CODE_POINTS = 0x110000,
    BMP = 0x10000,
    PAD = 64,          /* bytes behind each table, which vector loads may touch */
    GROUPING = 24,     /* characters beyond the first that MeCab groups to an unknown word */
    MOST_LENGTHS = 17, /* unknown words of one start: a group, 15 lengths, and one to spare */
    LONGEST = 1000,    /* characters of a surface; MeCab would take 65,535 bytes */
    BLANKS = 15000,    /* white space in a row; with more MeCab takes some of it for a word */
    PER_KEY = 255      /* entries of one surface, which MeCab writes in 8 bits */
};

/* Image.chars: what a code point is. */
#define CODE 0xffffu        /* its code in the trie; 0: in no surface */
#define BEGINS 0x10000u     /* a surface begins with it */
#define INVOKES 0x20000u    /* unknown words are tried even where known ones begin */
#define BLANK 0x40000u      /* white space */
#define ENDS 0x80000u       /* 。？！． */
#define SEEN_SHIFT 20       /* a bit: it is no white space as Unicode has it */
#define HARD_SHIFT 21       /* a bit: it is one of the kanji that are counted */
#define LINE_SHIFT 22       /* two bits: what it is at the end of a line */
#define LINE(c) ((c) >> LINE_SHIFT & 3)
enum { SPACE, PLAIN, CLOSING, COMMA };
#define CATEGORY_SHIFT 24

/* Image.infos: MeCab's CharInfo. */
#define TYPES 0x3ffffu
#define INFO_CATEGORY(info) ((info) >> 18 & 0xff)
#define INFO_LENGTH(info) ((info) >> 26 & 15)
#define INFO_GROUP(info) ((info) >> 30 & 1)
#define INFO_INVOKE(info) ((info) >> 31)

/* What a kind of word is counted as: a bit each. In Image.spread UNLISTED_BIT replaces LISTED_BIT. */
enum { COUNTED = 8, CLASSES = 4, END_BIT = 4, CONTENT_BIT, LISTED_BIT, CLASSICAL_BIT };
enum { UNLISTED_BIT = LISTED_BIT };

typedef struct {
    int32_t base;      /* children at base + code; 0: none */
    int32_t check;     /* the parent; -1: free */
    uint32_t entries;  /* of the surface that ends here: the first * 256 + how many */
    uint32_t children; /* a bit for code % 32 of each: most misses need no look at the child's place */
} Unit;

#define FIRST(unit) ((unit)->entries >> 8)
#define NUMBER(unit) ((unit)->entries & 255)
#define MAY_HAVE(unit, code) ((unit)->children >> ((code) & 31) & 1)

typedef struct {
    uint16_t row, column; /* classes of the left and of the right context id */
    int16_t cost;
    uint16_t kind;
} Entry;

typedef struct {
    uint32_t first, number; /* among the unknown entries */
} Range;

typedef struct {
    char magic[8];
    uint32_t format; /* shows the byte order too */
    uint32_t units, entries, unknown, rows, columns, stride, bounded, kinds, categories, codes;
    uint32_t longest, border_row, border_column, meta;
    uint32_t checked; /* 0 while the checksum is taken */
    uint64_t checksum, size;
    uint8_t identity[32];
} Header;

static const char MAGIC[8] = {'j', 't', 'k', 'i', 'm', 'a', 'g', 'e'};

enum { UNITS, ENTRIES, UNKNOWN, RANGES, CHARS, INFOS, COSTS, BOUNDS, FLAGS, META, TABLES };

/* Where each table begins; returns the size of the whole image, 0 where there is none such. */
static uint64_t layout(const Header *h, uint64_t at[TABLES])
{
    const uint64_t sizes[TABLES] = {
        (uint64_t)h->units * sizeof(Unit),
        (uint64_t)h->entries * sizeof(Entry),
        (uint64_t)h->unknown * sizeof(Entry),
        (uint64_t)h->categories * sizeof(Range),
        (uint64_t)CODE_POINTS * 4,
        (uint64_t)BMP * 4,
        (uint64_t)h->columns * h->stride * 2,
        (uint64_t)h->bounded * h->bounded * 2,
        (uint64_t)h->kinds,
        (uint64_t)h->meta,
    };
    uint64_t size = (sizeof(Header) + PAD - 1) / PAD * PAD;
    if (h->rows > BMP || h->columns > BMP || h->stride < h->rows || h->stride > BMP + 32 ||
        (uint64_t)h->columns * h->stride > UINT32_MAX || h->bounded > h->columns ||
        h->kinds > BMP || h->categories > 256)
        return 0;
    for (int table = 0; table < TABLES; table++) {
        at[table] = size;
        size += (sizes[table] + 2 * PAD - 1) / PAD * PAD;
    }
    return size;
}

/* Every step is a bijection of the lane, so no single damaged word goes unnoticed. */
static uint64_t checksum(const Header *header, const uint8_t *data, uint64_t size)
{
    uint64_t lanes[4] = {1, 2, 3, 4}, words[4];
    Header bare = *header;
    bare.checksum = 0;
    for (int part = 0; part < 2; part++) {
        const uint8_t *from = part ? data + sizeof(Header) : (const uint8_t *)&bare;
        uint64_t left = part ? size - sizeof(Header) : sizeof(Header);
        while (left) {
            uint64_t now = left < 32 ? left : 32;
            if (now < 32)
                memset(words, 0, 32);
            memcpy(words, from, (size_t)now);
            for (int lane = 0; lane < 4; lane++) {
                uint64_t x = (lanes[lane] ^ words[lane]) * 0x9E3779B185EBCA87u;
                lanes[lane] = x << 31 | x >> 33;
            }
            from += now;
            left -= now;
        }
    }
    uint64_t sum = size;
    for (int lane = 0; lane < 4; lane++)
        sum = (sum ^ lanes[lane]) * 0xC2B2AE3D27D4EB4Fu + 1;
    return sum;
}

typedef struct {
    Header header;
    const Unit *units;
    const Entry *entries, *unknown; /* unknown: twice, the second time with kinds that end sentences */
    const Range *ranges;
    const uint32_t *chars, *infos;
    const int16_t *costs; /* by column, then by row */
    const uint16_t *bounds;
    const uint8_t *flags;
    const uint8_t *meta;
    uint64_t *spread; /* by kind: its flags, each in a byte */
    uint8_t order[256][8]; /* of each set of eight: its members, first to last */
} Image;

/* Look at every place that the search will follow. Returns what is wrong, NULL if nothing is. */
static const char *open_image(Image *image, const uint8_t *data, uint64_t size,
                              const uint8_t identity[32])
{
    uint64_t at[TABLES];
    Header *h = &image->header;
    if (size < sizeof(Header) || (uintptr_t)data % 8)
        return "it is too short";
    memcpy(h, data, sizeof(Header));
    if (memcmp(h->magic, MAGIC, sizeof MAGIC) || h->format != FORMAT)
        return "it is of another format";
    if (memcmp(h->identity, identity, 32))
        return "it is of another dictionary";
    if (h->size != size || layout(h, at) != size)
        return "it is damaged";
#ifndef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION /* a fuzzer is to get behind this */
    if (checksum(h, data, size) != h->checksum)
        return "it is damaged";
#endif
    image->units = (const Unit *)(data + at[UNITS]);
    image->entries = (const Entry *)(data + at[ENTRIES]);
    image->unknown = (const Entry *)(data + at[UNKNOWN]);
    image->ranges = (const Range *)(data + at[RANGES]);
    image->chars = (const uint32_t *)(data + at[CHARS]);
    image->infos = (const uint32_t *)(data + at[INFOS]);
    image->costs = (const int16_t *)(data + at[COSTS]);
    image->bounds = (const uint16_t *)(data + at[BOUNDS]);
    image->flags = data + at[FLAGS];
    image->meta = data + at[META];

    if (!h->units || h->units > INT32_MAX || h->codes > CODE || !h->longest ||
        h->longest > LONGEST || h->border_row >= h->rows || h->border_column >= h->columns ||
        h->unknown % 2)
        return "its header is wrong";
    int wrong = 0;
    for (uint32_t i = 0; i < h->units; i++) {
        const Unit *u = image->units + i;
        wrong |= u->base < 0 || (uint64_t)u->base + h->codes >= h->units;
        wrong |= FIRST(u) + NUMBER(u) > h->entries;
    }
    for (uint32_t i = 0; i < h->entries + (uint64_t)h->unknown; i++) {
        const Entry *e = i < h->entries ? image->entries + i : image->unknown + (i - h->entries);
        wrong |= e->row >= h->rows || e->column >= h->columns || e->kind >= h->kinds;
    }
    for (uint32_t i = 0; i < h->categories; i++) {
        const Range *r = image->ranges + i;
        wrong |= !r->number || r->number > PER_KEY;
        wrong |= (uint64_t)r->first + r->number > h->unknown / 2;
    }
    for (uint32_t i = 0; i < CODE_POINTS; i++) {
        uint32_t c = image->chars[i];
        wrong |= (c & CODE) > h->codes || c >> CATEGORY_SHIFT >= h->categories;
    }
    return wrong ? "a place in it is out of bounds" : NULL;
}

/* ---------------------------------------------------------------- the search */

typedef struct {
    uint32_t previous;
    uint32_t kind; /* and, where words are listed, the length from bit 16 on */
} Node;

/* What is counted of a sentence: words, the four classes of the formula, characters that are seen,
 * kanji that count, content words, and content words that are not listed. */
enum { WORDS, CLASS, SEEN = CLASS + CLASSES, HARD, CONTENT, UNLISTED, VARIABLES };
enum { PRODUCTS = VARIABLES * (VARIABLES + 1) / 2 };

/* What is counted along a way: of the sentence that is open, but for its characters; of those before it
 * sums, and sums of the products of any two numbers, each pair once. */
typedef struct {
    uint64_t open[VARIABLES], sums[VARIABLES], products[PRODUCTS];
    uint64_t ends, classical, longest; /* longest: words of the longest sentence */
    uint64_t begun; /* Work.marks where the open one begins */
} Tally;

typedef struct {
    uint32_t start, end, kind;
} Listed;

/* One search at a time. Words that end at a place, in its slot: `room` costs, columns, nodes. */
typedef struct Work {
    struct Work *next; /* of those that are idle */
    uint32_t slots, room;
    int32_t *ring; /* slots, then one more for those that are left at the place at hand */
    uint32_t *filled;
    Node *nodes;
    uint32_t used, capacity, watch; /* of nodes; where to look after them */
    uint32_t roots;                 /* the first nodes stand for all that was before */
    Tally *tally;                   /* of each root, with room for `tallies` */
    uint32_t tallies;
    uint64_t *ends; /* of each node: where it ends, if words are listed; else marks there, if it ends a sentence */
    Listed *listed;
    size_t listed_used, listed_capacity;
    struct Hit {
        const Entry *entries;
        uint32_t number, length;
    } *hits;
    uint64_t place, reach; /* in the text; where the longest way so far ends */
    uint32_t blanks;       /* in a row, up to here */
    uint64_t marks;        /* characters that are seen, up to here; kanji that count from bit 32 on */
    uint32_t last, bare;   /* what a line ends with, and what it ends with but for brackets */
    uint32_t comma, seen;  /* whether the line before ends with one; whether there is but white space */
    uint64_t open_lines, joined; /* lines that end in no end mark; that end in a comma, with more to come */
    uint32_t *text;        /* code points */
} Work;

enum {
    STRETCH = 8192, /* nodes after which sums take their place; costs of so many fit 31 bits */
    CHUNK = 1 << 15,
    MOST_KEPT = 1 << 16 /* words for which a workspace that lists has room while it is idle */
};

enum { DONE, NO_MEMORY, UNFIT };

static void free_work(Work *w)
{
    if (w) {
        free(w->ring);
        free(w->filled);
        free(w->nodes);
        free(w->tally);
        free(w->ends);
        free(w->listed);
        free(w->hits);
        free(w->text);
        free(w);
    }
}

static uint32_t reserve(const Image *m)
{
    return (m->header.longest + MOST_LENGTHS) * (PER_KEY + 1) + 8;
}

static Work *new_work(const Image *m)
{
    Work *w = calloc(1, sizeof *w);
    if (!w)
        return NULL;
    w->slots = 32;
    while (w->slots < m->header.longest + 2)
        w->slots *= 2;
    w->room = 64;
    w->capacity = 1 + STRETCH + reserve(m);
    w->tallies = 1;
    w->ring = malloc((w->slots + 1) * 3 * sizeof(int32_t) * w->room);
    w->filled = malloc(w->slots * sizeof *w->filled);
    w->nodes = malloc(w->capacity * sizeof *w->nodes);
    w->tally = malloc(sizeof *w->tally);
    w->ends = malloc(w->capacity * sizeof *w->ends);
    w->hits = malloc((m->header.longest + 1) * sizeof *w->hits);
    w->text = malloc(CHUNK * sizeof *w->text);
    if (!w->ring || !w->filled || !w->nodes || !w->tally || !w->ends || !w->hits || !w->text) {
        free_work(w);
        return NULL;
    }
    return w;
}

static void begin(Work *w, const Image *m)
{
    memset(w->filled, 0, w->slots * sizeof *w->filled);
    memset(w->tally, 0, sizeof *w->tally);
    w->ring[0] = 0;
    w->ring[w->room] = (int32_t)m->header.border_column;
    w->ring[2 * w->room] = 0;
    w->filled[0] = 1;
    w->used = w->roots = 1;
    w->watch = 1 + STRETCH;
    w->place = w->reach = 0;
    w->blanks = 0;
    w->marks = 0;
    w->last = w->bare = w->comma = 0;
    w->open_lines = w->joined = w->seen = 0;
    w->listed_used = 0;
}

static int widen(Work *w, uint32_t least)
{
    uint32_t room = w->room;
    while (room < least)
        room *= 2;
    int32_t *ring = malloc((size_t)(w->slots + 1) * 3 * sizeof(int32_t) * room);
    if (!ring)
        return NO_MEMORY;
    for (size_t lane = 0; lane < (size_t)(w->slots + 1) * 3; lane++)
        memcpy(ring + lane * room, w->ring + lane * w->room, w->room * sizeof(int32_t));
    free(w->ring);
    w->ring = ring;
    w->room = room;
    return DONE;
}

static int more_nodes(Work *w, uint64_t capacity)
{
    if (capacity > UINT32_MAX / 2)
        return NO_MEMORY;
    uint64_t *ends = realloc(w->ends, (size_t)capacity * sizeof *ends);
    if (!ends)
        return NO_MEMORY;
    w->ends = ends;
    Node *nodes = realloc(w->nodes, (size_t)capacity * sizeof *nodes);
    if (!nodes)
        return NO_MEMORY;
    w->nodes = nodes;
    w->capacity = (uint32_t)capacity;
    return DONE;
}

/* Costs relative to the cheapest: in long stretches without a decided place they would overflow. */
static void level(Work *w)
{
    int32_t least = INT32_MAX;
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t slot = 0; slot < w->slots; slot++) {
            int32_t *costs = w->ring + (size_t)slot * 3 * w->room;
            for (uint32_t k = 0; k < w->filled[slot]; k++) {
                if (pass)
                    costs[k] -= least;
                else if (costs[k] < least)
                    least = costs[k];
            }
        }
}

static void close_sentence(Tally *t, uint64_t of[VARIABLES], uint64_t marks)
{
    uint64_t *product = t->products;
    of[SEEN] = marks & UINT32_MAX;
    of[HARD] = marks >> 32;
    for (int i = 0; i < VARIABLES; i++) {
        t->sums[i] += of[i];
        for (int j = i; j < VARIABLES; j++)
            *product++ += of[i] * of[j];
    }
    if (of[WORDS] > t->longest)
        t->longest = of[WORDS];
    memset(of, 0, VARIABLES * sizeof *of);
}

/* Add words, whose flags are summed up in bytes, to a sentence. */
INLINE void add_words_to(Tally *t, uint64_t of[VARIABLES], uint64_t words, uint64_t sum)
{
    of[WORDS] += words;
    for (int bit = 0; bit < CLASSES; bit++)
        of[CLASS + bit] += sum >> 8 * bit & 255;
    of[CONTENT] += sum >> 8 * CONTENT_BIT & 255;
    of[UNLISTED] += sum >> 8 * UNLISTED_BIT & 255;
    t->classical += sum >> 8 * CLASSICAL_BIT & 255;
}

/* No place was decided for long: what leads to the words in the ring becomes a sum for each. */
static int collapse(Work *w, const Image *m)
{
    enum { INNER = 1, LAST };
    if (w->tallies < w->capacity) {
        Tally *tally = realloc(w->tally, w->capacity * sizeof *tally);
        if (!tally)
            return NO_MEMORY;
        w->tally = tally;
        w->tallies = w->capacity;
    }
    uint32_t *now = calloc(w->used, sizeof *now);
    if (!now)
        return NO_MEMORY;
    for (uint32_t slot = 0; slot < w->slots; slot++) {
        const int32_t *nodes = w->ring + ((size_t)slot * 3 + 2) * w->room;
        for (uint32_t k = 0; k < w->filled[slot]; k++)
            now[nodes[k]] = LAST;
    }
    for (uint32_t x = w->used; x-- > w->roots;)
        if (now[x] && !now[w->nodes[x].previous])
            now[w->nodes[x].previous] = INNER;
    for (uint32_t x = w->roots; x < w->used; x++) {
        if (!now[x])
            continue;
        Tally *t = w->tally + x;
        const uint64_t flags = m->spread[w->nodes[x].kind & 0xffff];
        *t = w->tally[w->nodes[x].previous];
        add_words_to(t, t->open, 1, flags);
        if (flags >> 8 * END_BIT & 1) {
            close_sentence(t, t->open, w->ends[x] - t->begun);
            t->begun = w->ends[x];
            t->ends++;
        }
    }
    w->roots = 0;
    for (uint32_t x = 0; x < w->used; x++)
        if (now[x] == LAST) {
            w->tally[w->roots] = w->tally[x];
            now[x] = w->roots++;
        }
    for (uint32_t slot = 0; slot < w->slots; slot++) {
        int32_t *nodes = w->ring + ((size_t)slot * 3 + 2) * w->room;
        for (uint32_t k = 0; k < w->filled[slot]; k++)
            nodes[k] = (int32_t)now[nodes[k]];
    }
    free(now);
    w->used = w->roots;
    return DONE;
}

static int look_after_nodes(Work *w, const Image *m, int listing)
{
    level(w);
    int trouble = listing ? DONE : collapse(w, m);
    if (trouble)
        return trouble;
    w->watch = w->used + STRETCH;
    uint64_t need = (uint64_t)w->watch + reserve(m);
    if (need <= w->capacity)
        return DONE;
    return more_nodes(w, listing ? need + w->capacity / 2 : need);
}

/* Everything up to node x is decided: count it, from its end. */
static void count_back(Work *w, const Image *m, uint32_t x)
{
    Tally *t = w->tally;
    uint64_t part[VARIABLES] = {0}, last[VARIABLES];
    uint64_t sum = 0, words = 0, end = 0, last_end = 0;
    int any = 0;
    if (w->roots > 1) {
        uint32_t root = x;
        while (root >= w->roots)
            root = w->nodes[root].previous;
        *t = w->tally[root];
    }
    while (x >= w->roots) {
        const Node node = w->nodes[x];
        const uint64_t flags = m->spread[node.kind & 0xffff];
        if (flags >> 8 * END_BIT & 1 || words == 255) {
            add_words_to(t, part, words, sum);
            words = sum = 0;
        }
        if (flags >> 8 * END_BIT & 1) {
            if (!any) {
                memcpy(last, part, sizeof part);
                memset(part, 0, sizeof part);
                last_end = w->ends[x];
            } else
                close_sentence(t, part, end - w->ends[x]);
            any = 1;
            end = w->ends[x];
            t->ends++;
        }
        sum += flags;
        words++;
        x = node.previous;
    }
    add_words_to(t, t->open, words, sum);
    if (part[WORDS])
        for (int i = 0; i < VARIABLES; i++)
            t->open[i] += part[i];
    if (any) {
        close_sentence(t, t->open, end - t->begun);
        memcpy(t->open, last, sizeof last);
        t->begun = last_end;
    }
}

/* The same, listing the words. */
static int list_back(Work *w, uint32_t x)
{
    size_t words = 0;
    for (uint32_t y = x; y >= w->roots; y = w->nodes[y].previous)
        words++;
    if (w->listed_used + words > w->listed_capacity) {
        size_t capacity = 2 * (w->listed_used + words) + 64;
        Listed *listed = realloc(w->listed, capacity * sizeof *listed);
        if (!listed)
            return NO_MEMORY;
        w->listed = listed;
        w->listed_capacity = capacity;
    }
    w->listed_used += words;
    for (Listed *to = w->listed + w->listed_used; x >= w->roots; x = w->nodes[x].previous) {
        const Node node = w->nodes[x];
        to--;
        to->end = (uint32_t)w->ends[x];
        to->start = to->end - (node.kind >> 16);
        to->kind = node.kind & 0xffff;
    }
    return DONE;
}

/* Those that are left at a place, cheapest ways to it, newest last. */
typedef struct {
    uint32_t number;
    int32_t *costs;
    uint32_t *columns, *nodes; /* columns: where they begin in Image.costs */
} Left;

static Left left_at(const Work *w, uint32_t number)
{
    int32_t *costs = w->ring + (size_t)w->slots * 3 * w->room;
    const Left left = {number, costs, (uint32_t *)(costs + w->room), (uint32_t *)(costs + 2 * (size_t)w->room)};
    return left;
}

typedef struct {
    int32_t *costs;
    uint32_t *columns, *nodes;
    Node *to;
    uint32_t node;
} Right;

/* Join each of a number of entries to the cheapest of those that are left. Cost and place in one number:
 * of equals the last is to be found first, and no branch is to depend on costs, which are hard to guess. */
INLINE void join_portable(const Image *m, const Entry *e, uint32_t number, uint32_t length,
                          const Left *l, const Right *r)
{
    const uint32_t last = l->number - 1;
    for (uint32_t k = 0; k < number; k++) {
        const int16_t *costs = m->costs + e[k].row;
        uint32_t cost = (uint32_t)(l->costs[last] + costs[l->columns[last]]);
        int64_t least = (int64_t)((uint64_t)cost << 32);
        for (uint32_t z = last; z--;) {
            cost = (uint32_t)(l->costs[z] + costs[l->columns[z]]);
            const int64_t key = (int64_t)((uint64_t)cost << 32 | (last - z));
            least = key < least ? key : least;
        }
        const int32_t best = (int32_t)(least >> 32);
        const uint32_t from = l->nodes[last - (uint32_t)(least & UINT32_MAX)];
        r->costs[k] = best + e[k].cost;
        r->columns[k] = e[k].column;
        r->nodes[k] = r->node + k;
        r->to[k].previous = from;
        r->to[k].kind = e[k].kind | length << 16;
    }
}

#if WITH_AVX2
/* Eight entries at a time; what is beyond `number` is written, and written over. */
__attribute__((target("avx2"))) static inline void
join_avx2(const Image *m, const Entry *e, uint32_t number, uint32_t length, const Left *l,
          const Right *r)
{
    const __m256i iota = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    const __m256i apart = _mm256_setr_epi32(0, 2, 4, 6, 1, 3, 5, 7);
    for (uint32_t g = 0; g < number; g += 8) {
        __m256i a = _mm256_loadu_si256((const __m256i *)(e + g));
        __m256i b = _mm256_loadu_si256((const __m256i *)(e + g + 4));
        a = _mm256_permutevar8x32_epi32(a, apart);
        b = _mm256_permutevar8x32_epi32(b, apart);
        const __m256i ids = _mm256_permute2x128_si256(a, b, 0x20);
        const __m256i rest = _mm256_permute2x128_si256(a, b, 0x31);
        const __m256i row = _mm256_and_si256(ids, _mm256_set1_epi32(0xffff));
        const __m256i cost = _mm256_srai_epi32(_mm256_slli_epi32(rest, 16), 16);
        const __m256i kind = _mm256_or_si256(_mm256_srli_epi32(rest, 16),
                                             _mm256_set1_epi32((int)(length << 16)));
        const __m256i mask = _mm256_cmpgt_epi32(_mm256_set1_epi32((int)(number - g)), iota);
        __m256i best = _mm256_set1_epi32(INT32_MAX), from = _mm256_setzero_si256();
        for (uint32_t z = l->number; z--;) {
            const int *column = (const int *)(m->costs + l->columns[z]);
            __m256i join = _mm256_mask_i32gather_epi32(_mm256_setzero_si256(), column, row, mask, 2);
            join = _mm256_srai_epi32(_mm256_slli_epi32(join, 16), 16);
            join = _mm256_add_epi32(join, _mm256_set1_epi32(l->costs[z]));
            const __m256i less = _mm256_cmpgt_epi32(best, join);
            best = _mm256_min_epi32(best, join);
            from = _mm256_blendv_epi8(from, _mm256_set1_epi32((int)l->nodes[z]), less);
        }
        _mm256_storeu_si256((__m256i *)(r->costs + g), _mm256_add_epi32(best, cost));
        _mm256_storeu_si256((__m256i *)(r->columns + g), _mm256_srli_epi32(ids, 16));
        _mm256_storeu_si256((__m256i *)(r->nodes + g),
                            _mm256_add_epi32(iota, _mm256_set1_epi32((int)(r->node + g))));
        const __m256i low = _mm256_unpacklo_epi32(from, kind);
        const __m256i high = _mm256_unpackhi_epi32(from, kind);
        _mm256_storeu_si256((__m256i *)(r->to + g), _mm256_permute2x128_si256(low, high, 0x20));
        _mm256_storeu_si256((__m256i *)(r->to + g + 4), _mm256_permute2x128_si256(low, high, 0x31));
    }
}
#else
#define join_avx2 join_portable
#endif

INLINE void add_words(Work *w, const Image *m, const Entry *e, uint32_t number, uint32_t length,
                     const Left *l, int simd, int listing)
{
    const uint32_t slot = (uint32_t)((w->place + length) & (w->slots - 1));
    const uint32_t at = w->filled[slot];
    int32_t *lanes = w->ring + (size_t)slot * 3 * w->room;
    Right r;
    r.costs = lanes + at;
    r.columns = (uint32_t *)(lanes + w->room) + at;
    r.nodes = (uint32_t *)(lanes + 2 * (size_t)w->room) + at;
    r.node = w->used;
    r.to = w->nodes + w->used;
    if (simd && number > 1) /* one entry is faster joined without vectors */
        join_avx2(m, e, number, listing ? length : 0, l, &r);
    else
        join_portable(m, e, number, listing ? length : 0, l, &r);
    if (listing)
        for (uint32_t k = 0; k < number; k++)
            w->ends[w->used + k] = w->place + length;
    w->used += number;
    w->filled[slot] = at + number;
    const uint64_t end = w->place + length;
    w->reach = end > w->reach ? end : w->reach;
}

/* The words that end before white space end behind it, where they are met after those that are
 * there already: the place before counts as an earlier start. */
static int step_over_blank(Work *w, uint32_t slot)
{
    const uint32_t there = (slot + 1) & (w->slots - 1);
    const uint32_t own = w->filled[slot], others = w->filled[there];
    if (++w->blanks > BLANKS)
        return UNFIT;
    if (own + others + 8 > w->room && widen(w, own + others + 8))
        return NO_MEMORY;
    for (size_t lane = 0; lane < 3; lane++) {
        int32_t *from = w->ring + (slot * 3 + lane) * w->room;
        int32_t *to = w->ring + (there * 3 + lane) * w->room;
        memmove(to + own, to, others * sizeof *to);
        memcpy(to, from, own * sizeof *to);
    }
    w->filled[there] = own + others;
    w->filled[slot] = 0;
    if (w->reach < w->place + 1)
        w->reach = w->place + 1;
    return DONE;
}

/* Which of those that end here can still be on the best way; see the bounds above. Returns how many. */
INLINE uint32_t prune_portable(const Image *m, const int32_t *from, uint32_t number, uint32_t room,
                               int32_t *to)
{
    const uint32_t bounded = m->header.bounded, stride = m->header.stride;
    uint32_t kept = 0, best = 0;
    int32_t least = from[0];
    for (uint32_t k = 1; k < number; k++) {
        best = from[k] < least ? k : best;
        least = from[k] < least ? from[k] : least;
    }
    const uint32_t cheapest = (uint32_t)from[room + best];
    const int bound = cheapest < bounded;
    const uint16_t *bounds = m->bounds + (bound ? (size_t)cheapest * bounded : 0);
    for (uint32_t k = 0; k < number; k++) {
        const uint32_t column = (uint32_t)from[room + k];
        const int known = bound && column < bounded;
        to[kept] = from[k];
        to[room + kept] = (int32_t)(column * stride);
        to[2 * (size_t)room + kept] = from[2 * (size_t)room + k];
        kept += !(known && from[k] - least > bounds[known ? column : 0]);
    }
    return kept;
}

#if WITH_AVX2
/* The same, eight at a time. */
__attribute__((target("avx2"))) static inline uint32_t
prune_avx2(const Image *m, const int32_t *from, uint32_t number, uint32_t room, int32_t *to)
{
    const __m256i iota = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    const __m256i most = _mm256_set1_epi32(INT32_MAX);
    const uint32_t bounded = m->header.bounded;
    __m256i least = most;
    uint32_t best = 0, kept = 0;
    for (uint32_t g = 0; g < number; g += 8) {
        const __m256i valid = _mm256_cmpgt_epi32(_mm256_set1_epi32((int)(number - g)), iota);
        const __m256i costs = _mm256_loadu_si256((const __m256i *)(from + g));
        least = _mm256_min_epi32(least, _mm256_blendv_epi8(most, costs, valid));
    }
    least = _mm256_min_epi32(least, _mm256_permute2x128_si256(least, least, 1));
    least = _mm256_min_epi32(least, _mm256_shuffle_epi32(least, 0x4e));
    least = _mm256_min_epi32(least, _mm256_shuffle_epi32(least, 0xb1));
    for (;; best += 8) { /* the first of the cheapest */
        const __m256i costs = _mm256_loadu_si256((const __m256i *)(from + best));
        const int same = _mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpeq_epi32(costs, least)));
        if (same) {
            best += (uint32_t)__builtin_ctz((unsigned)same);
            break;
        }
    }
    const uint32_t cheapest = (uint32_t)from[room + best];
    const int bound = cheapest < bounded;
    const int *bounds = (const int *)(m->bounds + (bound ? (size_t)cheapest * bounded : 0));
    const __m256i end = _mm256_set1_epi32(bound ? (int)bounded : 0);
    const __m256i stride = _mm256_set1_epi32((int)m->header.stride);
    for (uint32_t g = 0; g < number; g += 8) {
        const __m256i valid = _mm256_cmpgt_epi32(_mm256_set1_epi32((int)(number - g)), iota);
        const __m256i costs = _mm256_loadu_si256((const __m256i *)(from + g));
        const __m256i columns = _mm256_loadu_si256((const __m256i *)(from + room + g));
        const __m256i nodes = _mm256_loadu_si256((const __m256i *)(from + 2 * (size_t)room + g));
        const __m256i known = _mm256_and_si256(valid, _mm256_cmpgt_epi32(end, columns));
        __m256i limit = _mm256_mask_i32gather_epi32(_mm256_setzero_si256(), bounds, columns, known, 2);
        limit = _mm256_and_si256(limit, _mm256_set1_epi32(0xffff));
        const __m256i more = _mm256_sub_epi32(costs, least);
        const __m256i dear = _mm256_and_si256(known, _mm256_cmpgt_epi32(more, limit));
        const int keep = _mm256_movemask_ps(_mm256_castsi256_ps(_mm256_andnot_si256(dear, valid)));
        const __m256i order = _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)m->order[keep]));
        const __m256i starts = _mm256_mullo_epi32(columns, stride);
        const __m256i lanes[3] = {costs, starts, nodes};
        for (size_t lane = 0; lane < 3; lane++)
            _mm256_storeu_si256((__m256i *)(to + lane * room + kept),
                                _mm256_permutevar8x32_epi32(lanes[lane], order));
        kept += (uint32_t)__builtin_popcount((unsigned)keep);
    }
    return kept;
}
#else
#define prune_avx2 prune_portable
#endif

INLINE uint32_t info_of(const Image *m, uint32_t c)
{
    return m->infos[c < BMP ? c : 0];
}

/* Walk on from w->place through n characters of text, which go on after them unless `whole`.
 * Tells in *done how many were dealt with. */
INLINE int search(Work *w, const Image *m, const uint32_t *text, size_t n, int whole, size_t *done,
                  const int simd, const int listing)
{
    const uint32_t *chars = m->chars;
    const Unit *units = m->units;
    const uint32_t longest = m->header.longest, mask = w->slots - 1;
    const size_t ahead = longest > GROUPING + 2 ? longest : GROUPING + 2;
    const size_t stop = whole ? n : n > ahead ? n - ahead : 0;
    const int32_t root = units[0].base;
    const uint64_t origin = w->place;
    uint64_t marks = w->marks;
    size_t i;
    for (i = 0; i < stop; i++) {
        const uint32_t slot = (uint32_t)((origin + i) & mask), c = chars[text[i]];
        marks += (c >> SEEN_SHIFT & 1) | (uint64_t)(c >> HARD_SHIFT & 1) << 32;
        if (!w->filled[slot])
            continue;
        w->place = origin + i;
        if (c & BLANK) {
            const int trouble = step_over_blank(w, slot);
            if (trouble)
                return trouble;
            continue;
        }
        w->blanks = 0;
        if (w->used > w->watch) {
            const int trouble = look_after_nodes(w, m, listing);
            if (trouble)
                return trouble;
        }

        uint32_t hits = 0;
        if (i + 4 < n) { /* the second step of a later look-up, whose place is seldom at hand */
            const Unit *u = units + ((uint32_t)root + (chars[text[i + 3]] & CODE));
            const uint32_t code = chars[text[i + 4]] & CODE;
            PREFETCH(units + ((uint32_t)u->base + (MAY_HAVE(u, code) ? code : 0)));
        }
        if (c & BEGINS) {
            const size_t end = n - i < longest ? n : i + longest;
            uint32_t at = (uint32_t)root + (c & CODE);
            for (size_t j = i + 1;; j++) {
                const Unit *u = units + at;
                w->hits[hits].entries = m->entries + FIRST(u);
                w->hits[hits].number = NUMBER(u);
                PREFETCH(w->hits[hits].entries);
                w->hits[hits].length = (uint32_t)(j - i);
                hits += NUMBER(u) != 0;
                if (j >= end)
                    break;
                const uint32_t code = chars[text[j]] & CODE;
                const uint32_t next = (uint32_t)u->base + code;
                if (!MAY_HAVE(u, code) || units[next].check != (int32_t)at)
                    break;
                at = next;
            }
        }

        Left left = left_at(w, 0);
        int32_t *const ending = w->ring + (size_t)slot * 3 * w->room;
        left.number = simd ? prune_avx2(m, ending, w->filled[slot], w->room, left.costs)
                           : prune_portable(m, ending, w->filled[slot], w->room, left.costs);
        w->filled[slot] = 0;
        if (w->reach <= w->place && left.number == 1) {
            const uint32_t x = left.nodes[0];
            if (listing) {
                if (list_back(w, x))
                    return NO_MEMORY;
            } else
                count_back(w, m, x);
            left.nodes[0] = 0;
            left.costs[0] = 0;
            w->used = w->roots = 1;
            w->watch = 1 + STRETCH;
        }

        const uint32_t before = w->used;
#define ADD(entries, some, length)                                            \
    do {                                                                      \
        const uint32_t to_ = (uint32_t)((w->place + (length)) & mask);        \
        if (w->filled[to_] + (some) + 8 > w->room) {                          \
            if (widen(w, w->filled[to_] + (some) + 8))                        \
                return NO_MEMORY;                                             \
            left = left_at(w, left.number);                                   \
        }                                                                     \
        add_words(w, m, entries, some, length, &left, simd, listing);         \
    } while (0)

        if (!hits || c & INVOKES) {
            const uint32_t info = info_of(m, text[i]);
            const Range range = m->ranges[c >> CATEGORY_SHIFT];
            const Entry *plain = m->unknown + range.first;
            const Entry *single = c & ENDS ? plain + m->header.unknown / 2 : plain;
            size_t grouped = 0;
            int added = 0;
            if (INFO_GROUP(info)) {
                size_t k = i + 1;
                uint32_t kind = info, others = 0;
                for (; k < n && others <= GROUPING; k++, others++) {
                    const uint32_t next = info_of(m, text[k]);
                    if (!(kind & next & TYPES))
                        break;
                    kind = next;
                }
                if (others <= GROUPING) {
                    ADD(others ? plain : single, range.number, (uint32_t)(k - i));
                    added = 1;
                }
                grouped = k;
            }
            size_t k = i + 1;
            for (uint32_t length = 1; length <= INFO_LENGTH(info); length++) {
                if (k == grouped)
                    continue;
                ADD(k == i + 1 ? single : plain, range.number, (uint32_t)(k - i));
                added = 1;
                if (k >= n || !(info & info_of(m, text[k]) & TYPES))
                    break;
                k++;
            }
            if (!hits && !added)
                ADD(single, range.number, 1);
        }
        for (uint32_t h = 0; h < hits; h++)
            ADD(w->hits[h].entries, w->hits[h].number, w->hits[h].length);
#undef ADD
        if (!listing && c & ENDS)
            for (uint32_t k = before; k < w->used; k++)
                w->ends[k] = marks;
    }
    w->marks = marks;
    w->place = origin + i;
    *done = i;
    return DONE;
}

static int finish(Work *w, const Image *m, int listing)
{
    const Entry border = {(uint16_t)m->header.border_row, 0, 0, 0};
    int32_t *const ending = w->ring + (size_t)(w->place & (w->slots - 1)) * 3 * w->room;
    const uint32_t number = w->filled[w->place & (w->slots - 1)];
    const Left left = left_at(w, prune_portable(m, ending, number, w->room, left_at(w, 0).costs));
    int32_t cost;
    uint32_t column, node;
    Node last;
    const Right end = {&cost, &column, &node, &last, 0};
    join_portable(m, &border, 1, 0, &left, &end);
    if (listing)
        return list_back(w, last.previous);
    count_back(w, m, last.previous);
    return DONE;
}

typedef int Search(Work *, const Image *, const uint32_t *, size_t, int, size_t *);

#define SEARCH(name, simd, listing)                                                            \
    static int name(Work *w, const Image *m, const uint32_t *t, size_t n, int whole, size_t *d) \
    {                                                                                          \
        return search(w, m, t, n, whole, d, simd, listing);                                    \
    }

SEARCH(count_portable, 0, 0)
SEARCH(list_portable, 0, 1)
#if WITH_AVX2
__attribute__((target("avx2"))) SEARCH(count_avx2, 1, 0)
__attribute__((target("avx2"))) SEARCH(list_avx2, 1, 1)
#else
#define count_avx2 count_portable
#define list_avx2 list_portable
#endif

/* ---------------------------------------------------------------- a compiled dictionary */

/* MeCab 0.996's sys.dic and unk.dic (dictionary.cpp, darts.h): a header of ten 32-bit numbers and
 * the character set in 32 bytes; a double array; tokens; features, each ended by NUL. The child of
 * a unit by a byte is at base + byte + 1 if check there is that base; the value of the key that
 * ends at a unit is in the unit at its base: -1 - base there is the first token * 256 + how many. */
enum { LEXICON_HEADER = 72, TOKEN = 16, DARTS = 8, VERSION = 102, KEY_BYTES = 4 * LONGEST };

typedef struct {
    const uint8_t *units, *tokens;
    uint32_t number, unit_count;
} Lexicon;

static uint32_t u32(const uint8_t *at)
{
    uint32_t value;
    memcpy(&value, at, 4);
    return value;
}

static uint16_t u16(const uint8_t *at)
{
    uint16_t value;
    memcpy(&value, at, 2);
    return value;
}

#define UNIT_BASE(x, i) ((int32_t)u32((x)->units + (size_t)(i) * DARTS))
#define UNIT_CHECK(x, i) u32((x)->units + (size_t)(i) * DARTS + 4)
#define TOKEN_LEFT(x, i) u16((x)->tokens + (size_t)(i) * TOKEN)
#define TOKEN_RIGHT(x, i) u16((x)->tokens + (size_t)(i) * TOKEN + 2)
#define TOKEN_COST(x, i) ((int16_t)u16((x)->tokens + (size_t)(i) * TOKEN + 6))

/* "utf8", "UTF-8": what mecab-dict-index was told. */
static int is_utf8(const char name[32])
{
    return (name[0] | 32) == 'u' && (name[1] | 32) == 't' && (name[2] | 32) == 'f' &&
           !strncmp(name + 3 + (name[3] == '-'), "8", 2);
}

static int read_lexicon(Lexicon *x, const Py_buffer *buffer)
{
    const uint8_t *data = buffer->buf;
    const uint64_t size = (uint64_t)buffer->len;
    if (size >= LEXICON_HEADER && size <= UINT32_MAX) {
        const uint64_t trie = u32(data + 24), tokens = u32(data + 28), features = u32(data + 32);
        if ((u32(data) ^ 0xEF718F77u) == size && u32(data + 4) == VERSION &&
            LEXICON_HEADER + trie + tokens + features == size && trie >= DARTS &&
            trie % DARTS == 0 && tokens % TOKEN == 0 && tokens / TOKEN == u32(data + 12) &&
            tokens / TOKEN < 1u << 24 && features && !data[size - 1] &&
            is_utf8((const char *)data + 40)) {
            x->units = data + LEXICON_HEADER;
            x->tokens = x->units + trie;
            x->number = (uint32_t)(tokens / TOKEN);
            x->unit_count = (uint32_t)(trie / DARTS);
            return 1;
        }
    }
    PyErr_SetString(PyExc_ValueError, "the dictionary is of another format");
    return 0;
}

/* The value of a key, -1 where there is none. */
static int64_t exact(const Lexicon *x, const uint8_t *key, size_t length)
{
    int64_t base = UNIT_BASE(x, 0);
    for (size_t i = 0; i <= length; i++) {
        const int64_t at = base + (i < length ? key[i] + 1 : 0);
        if (at < 0 || at >= x->unit_count || UNIT_CHECK(x, at) != (uint32_t)base)
            return -1;
        base = UNIT_BASE(x, at);
    }
    return base < 0 ? -1 - base : -1;
}

/* ---------------------------------------------------------------- making an image */

/* What is often needed lies together: beginnings of words that are listed as much used, in their
 * order, then what costs little, for a word's cost falls with its use. Nothing but speed depends on
 * these weights. */
static double weight_of(int cost)
{
    return (double)(1ull << 62 >> (cost + 32768) / 1058) / (double)(1ull << 62);
}

enum { MOST_USED = 1 << 16 }; /* listed beginnings; a power of two */

typedef struct {
    uint32_t parent, code; /* code: a code point, later the code in the trie */
    uint32_t first, number;
    double weight;
} Branch; /* of the trie of characters */

typedef struct {
    Lexicon system, unknown;
    const uint8_t *matrix, *chars; /* behind their headers: costs; infos of 65,535 code points */
    uint32_t rows, columns;        /* of the matrix: left ids, right ids */
    const char *names;             /* of categories, 32 bytes each */
    uint32_t categories;
    const uint16_t *kinds, *unknown_kinds;
    const uint8_t *marks; /* of code points, as `image` takes them */
    uint32_t known_kinds, all_kinds;

    Branch *branches;
    uint32_t branch_count, longest;
    uint32_t *order; /* of branches, by weight */
    Unit *units;
    uint32_t unit_count, codes;
    uint32_t code_of[CODE_POINTS];
    uint32_t row_of[BMP], column_of[BMP]; /* class of each left and right id */
    float *token_weights; /* by entry: that of the branch it belongs to */
    uint32_t *used_rows, *used_columns;   /* an id of each class */
    uint32_t row_count, column_count;
} Maker;

enum { OUT = 0, OK = 1 };

static int unfit(const char *why)
{
    PyErr_SetString(PyExc_ValueError, why);
    return OUT;
}

static int out_of_memory(void)
{
    PyErr_NoMemory();
    return OUT;
}

/* Code points of a key of whole UTF-8 characters. Returns how many, 0 if it is not such a key. */
static uint32_t decode(const uint8_t *key, uint32_t length, uint32_t *to)
{
    PyObject *text = PyUnicode_DecodeUTF8((const char *)key, length, "strict");
    Py_ssize_t n = text ? PyUnicode_GetLength(text) : 0;
    if (n > LONGEST || (n && !PyUnicode_AsUCS4(text, to, LONGEST, 0)))
        n = 0;
    Py_XDECREF(text);
    PyErr_Clear();
    return (uint32_t)n;
}

static uint64_t path_hash(uint64_t hash, uint32_t code_point)
{
    hash = (hash ^ code_point) * 0x9E3779B185EBCA87u;
    return hash ^ hash >> 29;
}

/* Weights of branches: from `used`, lines of UTF-8, the most used first, or else from costs. No
 * branch is heavier than the one that it grows from. */
static int weigh(Maker *m, const uint8_t *used, size_t size)
{
    enum { SLOTS = 4 * MOST_USED };
    uint64_t *listed = calloc(SLOTS, sizeof *listed);
    uint32_t *ranks = calloc(SLOTS, sizeof *ranks);
    uint64_t *hashes = malloc(m->branch_count * sizeof *hashes);
    uint32_t rank = 0, code_points[LONGEST];
    if (!listed || !ranks || !hashes) {
        free(listed);
        free(ranks);
        free(hashes);
        return out_of_memory();
    }
    for (size_t at = 0, end; at < size && rank < MOST_USED; at = end + 1) {
        uint64_t hash = 0;
        for (end = at; end < size && used[end] != '\n';)
            end++;
        const uint32_t n = end - at > KEY_BYTES ? 0 : decode(used + at, (uint32_t)(end - at), code_points);
        for (uint32_t k = 0; k < n; k++)
            hash = path_hash(hash, code_points[k]);
        size_t slot = hash % SLOTS;
        while (ranks[slot])
            slot = (slot + 1) % SLOTS;
        listed[slot] = hash;
        ranks[slot] = ++rank;
    }
    for (uint32_t i = m->branch_count; --i;)
        m->branches[m->branches[i].parent].weight += m->branches[i].weight;
    const double least = m->branches[0].weight; /* of a listed one; costs never weigh as much */
    hashes[0] = 0;
    for (uint32_t i = 1; i < m->branch_count; i++) {
        Branch *b = m->branches + i;
        hashes[i] = path_hash(hashes[b->parent], b->code);
        size_t slot = hashes[i] % SLOTS;
        while (ranks[slot] && listed[slot] != hashes[i])
            slot = (slot + 1) % SLOTS;
        if (ranks[slot])
            b->weight = least * (1.0 + (double)MOST_USED / ranks[slot]);
    }
    for (uint32_t i = m->branch_count; --i;) {
        Branch *parent = m->branches + m->branches[i].parent;
        if (parent->weight < m->branches[i].weight)
            parent->weight = m->branches[i].weight;
    }
    free(listed);
    free(ranks);
    free(hashes);
    return OK;
}

/* The trie of characters, from MeCab's of bytes. Keys come in their order, so each shares its beginning
 * with the one before. */
static int read_keys(Maker *m, const uint32_t *infos, uint32_t blanks)
{
    const Lexicon *x = &m->system;
    uint32_t before[LONGEST], path[LONGEST + 1], now[LONGEST], depth = 0;
    uint32_t capacity = x->number + 1024, length = 0, visited = 0;
    uint32_t bases[KEY_BYTES + 1] = {(uint32_t)UNIT_BASE(x, 0)};
    uint16_t next[KEY_BYTES + 1] = {0}; /* by length: 0 the end of a key, then bytes + 1 */
    uint8_t bytes[KEY_BYTES];
    m->branches = malloc(capacity * sizeof *m->branches);
    if (!m->branches)
        return out_of_memory();
    memset(m->branches, 0, sizeof *m->branches);
    m->branch_count = 1;
    path[0] = 0;
    for (;;) {
        const uint32_t child = next[length]++, at = bases[length] + child;
        if ((uint64_t)bases[length] + 256 >= x->unit_count || bases[length] > INT32_MAX)
            return unfit("a unit of the trie has its children beyond the end"); /* MeCab would read on */
        if (child > 256) {
            if (!length)
                break;
            length--;
            continue;
        }
        if (UNIT_CHECK(x, at) != bases[length] || (child && UNIT_BASE(x, at) <= 0))
            continue;
        if (length == KEY_BYTES || visited++ == x->unit_count)
            return unfit("the trie of surfaces is none");
        if (child) {
            bytes[length++] = (uint8_t)(child - 1);
            bases[length] = (uint32_t)UNIT_BASE(x, at);
            next[length] = 0;
            continue;
        }
        const int64_t value = -1 - (int64_t)UNIT_BASE(x, at);
        const uint32_t first = (uint32_t)(value >> 8), number = (uint32_t)(value & 255);
        uint32_t same = 0;
        if (value < 0 || !number)
            continue;
        if (first >= x->number || number > x->number - first)
            return unfit("a key has entries beyond the end");
        const uint32_t n = decode(bytes, length, now);
        if (!n)
            return unfit("a surface is empty, too long or no UTF-8");
        if (now[n - 1] < BMP && infos[now[n - 1]] & blanks)
            return unfit("a surface ends with white space");
        if (now[0] < BMP && infos[now[0]] & blanks)
            continue; /* MeCab skips white space before it looks up */
        for (uint32_t k = 1; k < n; k++)
            if (now[k] < BMP && infos[now[k]] & blanks && m->marks[now[k]] & 3) /* in words alone */
                return unfit("a surface holds white space that is seen");
        while (same < n && same < depth && now[same] == before[same])
            same++;
        if (m->branch_count + n > capacity) {
            capacity = 2 * capacity + n;
            Branch *branches = realloc(m->branches, capacity * sizeof *branches);
            if (!branches)
                return out_of_memory();
            m->branches = branches;
        }
        int cheapest = 32767;
        for (uint32_t k = first; k < first + number; k++)
            if (TOKEN_COST(x, k) < cheapest)
                cheapest = TOKEN_COST(x, k);
        for (; same < n; same++) {
            const Branch branch = {path[same], now[same], 0, 0, 0.0};
            path[same + 1] = m->branch_count;
            m->branches[m->branch_count++] = branch;
        }
        Branch *branch = m->branches + path[n];
        branch->first = first;
        branch->number = number;
        branch->weight = weight_of(cheapest);
        memcpy(before, now, n * sizeof *now);
        depth = n;
        m->longest = n > m->longest ? n : m->longest;
    }
    return m->branch_count > 1 ? OK : unfit("the dictionary is empty");
}

static int compare(const void *a, const void *b)
{
    const uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;
    return one < other ? -1 : one > other;
}

/* An order of n things by weight, heaviest first; such as weigh about the same stay as they are. */
static uint32_t *by_weight(const double *weights, size_t stride, uint32_t n)
{
    uint32_t *order = malloc(((size_t)n + 1) * sizeof *order);
    uint64_t *keys = malloc(((size_t)n + 1) * sizeof *keys);
    if (order && keys) {
        for (uint32_t i = 0; i < n; i++) {
            const float weight = (float)*(const double *)((const char *)weights + i * stride);
            uint32_t bits;
            memcpy(&bits, &weight, 4); /* weights are not negative */
            keys[i] = (uint64_t)(UINT32_MAX - (bits >> 18)) << 32 | i;
        }
        qsort(keys, n, sizeof *keys, compare);
        for (uint32_t i = 0; i < n; i++)
            order[i] = (uint32_t)keys[i];
    } else {
        free(order);
        order = NULL;
    }
    free(keys);
    return order;
}

/* Number the characters, the most used first. */
static int number_characters(Maker *m)
{
    double *weights = calloc(CODE_POINTS, sizeof *weights);
    uint32_t *order = NULL;
    int result = OUT;
    if (!weights)
        return out_of_memory();
    for (uint32_t i = 1; i < m->branch_count; i++)
        weights[m->branches[i].code] += m->branches[i].weight;
    order = by_weight(weights, sizeof *weights, CODE_POINTS);
    if (!order) {
        out_of_memory();
        goto out;
    }
    for (uint32_t i = 0; i < CODE_POINTS && weights[order[i]] > 0; i++)
        m->code_of[order[i]] = ++m->codes;
    if (m->codes > CODE) {
        unfit("there are too many characters");
        goto out;
    }
    m->token_weights = calloc((size_t)m->system.number + 1, sizeof *m->token_weights);
    if (!m->token_weights) {
        out_of_memory();
        goto out;
    }
    for (uint32_t i = 1; i < m->branch_count; i++) {
        Branch *b = m->branches + i;
        b->code = m->code_of[b->code];
        for (uint32_t k = 0; k < b->number; k++)
            m->token_weights[b->first + k] = (float)b->weight;
    }
    result = OK;
out:
    free(weights);
    free(order);
    return result;
}

/* The first free place from x on; `next` leads there, and is shortened. */
static uint32_t next_free(uint32_t *next, uint32_t x)
{
    while (next[x] != x) {
        next[x] = next[next[x]];
        x = next[x];
    }
    return x;
}

/* Room for so many units: what is new is nobody's, and free. */
static int grow_units(Maker *m, uint32_t *capacity, uint32_t least)
{
    static const Unit nobody = {0, -1, 0, 0};
    if (least <= *capacity)
        return OK;
    Unit *units = realloc(m->units, (size_t)least * sizeof *units);
    if (!units)
        return out_of_memory();
    for (uint32_t i = *capacity; i < least; i++)
        units[i] = nobody;
    m->units = units;
    *capacity = least;
    return OK;
}

/* Lay the trie out as a double array, the most used branches first. */
static int lay_out(Maker *m)
{
    const uint32_t n = m->branch_count;
    uint32_t *starts = calloc((size_t)n + 1, sizeof *starts);
    uint32_t *children = malloc((size_t)n * sizeof *children);
    uint32_t *place = malloc((size_t)n * sizeof *place);
    uint32_t *next = NULL;
    uint32_t capacity = 0, floor = 1, used = 1;
    int result = OUT;
    m->order = by_weight(&m->branches->weight, sizeof *m->branches, n);
    if (!starts || !children || !place || !m->order) {
        out_of_memory();
        goto out;
    }
    for (uint32_t i = 1; i < n; i++)
        starts[m->branches[i].parent]++;
    for (uint32_t i = 0, sum = 0; i <= n; i++) {
        const uint32_t number = i < n ? starts[i] : 0;
        starts[i] = sum;
        sum += number;
    }
    for (uint32_t i = 1; i < n; i++)
        children[starts[m->branches[i].parent]++] = i;
    place[0] = 0;
    for (uint32_t k = 0; k < n; k++) {
        const uint32_t branch = m->order[k];
        const uint32_t begin = branch ? starts[branch - 1] : 0, end = starts[branch];
        uint32_t least = CODE, most = 0, base = 0, tries = 0;
        for (uint32_t c = begin; c < end; c++) {
            const uint32_t code = m->branches[children[c]].code;
            least = code < least ? code : least;
            most = code > most ? code : most;
        }
        if (!most)
            continue;
        uint32_t free_place = floor > least + 1 ? floor : least + 1;
        for (;;) {
            const uint64_t need = (uint64_t)free_place + most + 1024;
            if (need >= capacity) {
                const uint64_t now = need + need / 2 + n + n / 4;
                if (now > INT32_MAX) {
                    unfit("the trie is too large");
                    goto out;
                }
                uint32_t *longer = realloc(next, ((size_t)now + 1) * sizeof *next);
                if (!longer) {
                    out_of_memory();
                    goto out;
                }
                for (uint32_t i = capacity ? capacity + 1 : 0; i <= now; i++)
                    longer[i] = i ? i : 1;
                next = longer;
                if (!grow_units(m, &capacity, (uint32_t)now))
                    goto out;
            }
            free_place = next_free(next, free_place);
            if ((uint64_t)free_place + most + 1024 >= capacity)
                continue;
            base = free_place - least;
            uint32_t c = begin;
            while (c < end && m->units[base + m->branches[children[c]].code].check == -1)
                c++;
            if (c == end)
                break;
            if (++tries == 2000) {
                floor = next_free(next, floor + 64);
                free_place = floor > least + 1 ? floor : least + 1;
                tries = 0;
            } else
                free_place++;
        }
        m->units[place[branch]].base = (int32_t)base;
        for (uint32_t c = begin; c < end; c++) {
            m->units[place[branch]].children |= 1u << (m->branches[children[c]].code & 31);
            const uint32_t at = base + m->branches[children[c]].code;
            place[children[c]] = at;
            m->units[at].check = (int32_t)place[branch];
            next[at] = at + 1;
            used = at >= used ? at + 1 : used;
        }
    }
    m->units[0].check = -2; /* nobody's child, and not free */
    m->unit_count = used + m->codes + 1;
    if (!grow_units(m, &capacity, m->unit_count))
        goto out;
    for (uint32_t i = 0; i < n; i++)
        m->branches[i].parent = place[i]; /* from here on: where it lies */
    result = OK;
out:
    free(starts);
    free(children);
    free(place);
    free(next);
    return result;
}

#define MATRIX_ROW(m, left) ((m)->matrix + (size_t)(left) * (m)->columns * 2)

static uint64_t mix(uint64_t hash, int16_t cost)
{
    hash = (hash ^ (uint16_t)cost) * 0x9E3779B185EBCA87u;
    return hash ^ hash >> 29;
}

/* Give equal hashes one class, in the order of weights. Fills class_of by id; returns an id of each
 * class, and their number. */
static uint32_t *classes(const uint64_t *hashes, const double *weights, uint32_t *class_of,
                         uint32_t *count)
{
    enum { SLOTS = 4 * BMP };
    uint32_t *table = malloc(SLOTS * sizeof *table), *first = malloc(BMP * sizeof *first);
    double *sums = calloc(BMP, sizeof *sums);
    uint32_t *order = NULL, *ids = NULL, *rank = NULL, n = 0;
    if (!table || !first || !sums)
        goto out;
    memset(table, 0xff, SLOTS * sizeof *table);
    for (uint32_t id = 0; id < BMP; id++) {
        if (weights[id] < 0) /* not used */
            continue;
        uint32_t slot = (uint32_t)(hashes[id] >> 20) % SLOTS;
        while (table[slot] != UINT32_MAX && hashes[first[table[slot]]] != hashes[id])
            slot = (slot + 1) % SLOTS;
        if (table[slot] == UINT32_MAX) {
            table[slot] = n;
            first[n++] = id;
        }
        class_of[id] = table[slot];
        sums[table[slot]] += weights[id];
    }
    order = by_weight(sums, sizeof *sums, n);
    ids = malloc(BMP * sizeof *ids);
    rank = malloc(BMP * sizeof *rank);
    if (!order || !ids || !rank) {
        free(ids);
        ids = NULL;
        goto out;
    }
    for (uint32_t k = 0; k < n; k++) {
        rank[order[k]] = k;
        ids[k] = first[order[k]];
    }
    for (uint32_t id = 0; id < BMP; id++)
        if (weights[id] >= 0)
            class_of[id] = rank[class_of[id]];
    *count = n;
out:
    free(table);
    free(first);
    free(sums);
    free(order);
    free(rank);
    return ids;
}

/* Rows and columns of costs that are alike in all that is used of them become one. */
static int merge_costs(Maker *m)
{
    double *row_weights = malloc(2 * BMP * sizeof *row_weights);
    double *column_weights = row_weights ? row_weights + BMP : NULL;
    uint64_t *row_hashes = calloc(2 * BMP, sizeof *row_hashes);
    uint64_t *column_hashes = row_hashes ? row_hashes + BMP : NULL;
    uint32_t *used = malloc(BMP * sizeof *used), used_count = 0;
    double total = 0;
    int result = OUT;
    if (!row_weights || !row_hashes || !used) {
        out_of_memory();
        goto out;
    }
    for (uint32_t i = 0; i < 2 * BMP; i++)
        row_weights[i] = -1;
    row_weights[0] = column_weights[0] = 0; /* the border of the text */
    for (int pass = 0; pass < 2; pass++) {
        const Lexicon *x = pass ? &m->unknown : &m->system;
        for (uint32_t i = 0; i < x->number; i++) {
            const uint32_t left = TOKEN_LEFT(x, i), right = TOKEN_RIGHT(x, i);
            /* Unknown words are tried at most places. */
            const double weight = pass ? total / 50 : m->token_weights[i];
            if (left >= m->rows || right >= m->columns) {
                unfit("matrix.bin lacks a context id");
                goto out;
            }
            row_weights[left] = (row_weights[left] < 0 ? 0 : row_weights[left]) + weight;
            column_weights[right] = (column_weights[right] < 0 ? 0 : column_weights[right]) + weight;
            total += pass ? 0 : weight;
        }
    }
    for (uint32_t id = 0; id < m->columns; id++)
        if (column_weights[id] >= 0)
            used[used_count++] = id;
    for (uint32_t left = 0; left < m->rows; left++) {
        if (row_weights[left] < 0)
            continue;
        const uint8_t *row = MATRIX_ROW(m, left);
        uint64_t hash = 0;
        for (uint32_t k = 0; k < used_count; k++) {
            const int16_t cost = (int16_t)u16(row + 2 * (size_t)used[k]);
            hash = mix(hash, cost);
            column_hashes[used[k]] = mix(column_hashes[used[k]], cost);
        }
        row_hashes[left] = hash;
    }
    m->used_rows = classes(row_hashes, row_weights, m->row_of, &m->row_count);
    m->used_columns = classes(column_hashes, column_weights, m->column_of, &m->column_count);
    if (!m->used_rows || !m->used_columns) {
        out_of_memory();
        goto out;
    }
    for (uint32_t left = 0; left < m->rows; left++) { /* equal hashes prove nothing */
        if (row_weights[left] < 0)
            continue;
        const uint8_t *row = MATRIX_ROW(m, left);
        const uint8_t *like = MATRIX_ROW(m, m->used_rows[m->row_of[left]]);
        uint32_t differ = 0;
        for (uint32_t k = 0; k < used_count; k++) {
            const uint32_t right = used[k], same = m->used_columns[m->column_of[right]];
            differ |= u16(row + 2 * (size_t)right) ^ u16(like + 2 * (size_t)same);
        }
        if (differ) {
            unfit("two hashes are equal by chance");
            goto out;
        }
    }
    result = OK;
out:
    free(row_weights);
    free(row_hashes);
    free(used);
    return result;
}

static void write_costs(const Maker *m, const Header *h, int16_t *costs)
{
    enum { BLOCK = 64 };
    for (uint32_t a = 0; a < h->rows; a += BLOCK)
        for (uint32_t column = 0; column < h->columns; column++) {
            const size_t id = m->used_columns[column];
            for (uint32_t row = a; row < h->rows && row < a + BLOCK; row++)
                costs[(size_t)column * h->stride + row] =
                    (int16_t)u16(MATRIX_ROW(m, m->used_rows[row]) + 2 * id);
        }
}

INLINE void write_bounds(const Header *h, const int16_t *costs, uint16_t *bounds)
{
    for (uint32_t k = 0; k < h->bounded; k++) {
        const int16_t *cheapest = costs + (size_t)k * h->stride;
        for (uint32_t l = 0; l < h->bounded; l++) {
            const int16_t *other = costs + (size_t)l * h->stride;
            uint16_t most = 0;
            for (uint32_t row = 0; row < h->rows; row++) {
                /* Moved up by 32,768 all differences that count fit 16 bits. */
                const uint16_t a = (uint16_t)((uint16_t)cheapest[row] ^ 0x8000u);
                const uint16_t b = (uint16_t)((uint16_t)other[row] ^ 0x8000u);
                const uint16_t larger = a > b ? a : b;
                const uint16_t saves = (uint16_t)(larger - b);
                most = saves > most ? saves : most;
            }
            bounds[(size_t)k * h->bounded + l] = most;
        }
    }
}

#if WITH_AVX2
__attribute__((target("avx2"))) static void
write_bounds_avx2(const Header *h, const int16_t *costs, uint16_t *bounds)
{
    write_bounds(h, costs, bounds);
}
#else
#define write_bounds_avx2 write_bounds
#endif

/* Entries of one key from the last to the first: what is added last is met first. */
static void write_entries(const Maker *m, const Lexicon *x, const uint16_t *kinds, uint32_t first,
                          uint32_t number, uint32_t more, Entry *to)
{
    for (uint32_t k = 0; k < number; k++) {
        const uint32_t token = first + number - 1 - k;
        to[k].row = (uint16_t)m->row_of[TOKEN_LEFT(x, token)];
        to[k].column = (uint16_t)m->column_of[TOKEN_RIGHT(x, token)];
        to[k].cost = TOKEN_COST(x, token);
        to[k].kind = (uint16_t)(kinds[token] + more);
    }
}

/* Where the entries of a key go: within one cache line, if they can. */
static uint64_t placed(uint64_t at, uint32_t number)
{
    const uint64_t line = 64 / sizeof(Entry);
    return at % line + number > line ? (at + line - 1) / line * line : at;
}

static uint64_t entries_needed(const Maker *m)
{
    uint64_t at = 0;
    for (uint32_t k = 0; k < m->branch_count; k++) {
        const uint32_t number = m->branches[m->order[k]].number;
        at = placed(at, number) + number;
    }
    return at;
}

static const uint32_t END_MARKS[4] = {0x3002, 0xff1f, 0xff01, 0xff0e};

static void write_system(const Maker *m, Unit *units, Entry *entries)
{
    uint32_t at = 0;
    for (uint32_t k = 0; k < m->branch_count; k++) {
        const Branch *b = m->branches + m->order[k];
        uint32_t ends = 0;
        if (!b->number)
            continue;
        for (int mark = 0; mark < 4; mark++) {
            const uint32_t code = m->code_of[END_MARKS[mark]];
            ends |= code && b->parent == (uint32_t)m->units[0].base + code &&
                    units[b->parent].check == 0;
        }
        at = (uint32_t)placed(at, b->number);
        write_entries(m, &m->system, m->kinds, b->first, b->number, ends ? m->all_kinds : 0,
                      entries + at);
        units[b->parent].entries = at << 8 | b->number;
        at += b->number;
    }
}

static int write_unknown(const Maker *m, Entry *entries, Range *ranges)
{
    uint32_t at = 0;
    for (uint32_t category = 0; category < m->categories; category++) {
        const char *name = m->names + 32 * category;
        size_t length = 0;
        while (length < 32 && name[length])
            length++;
        const int64_t value = exact(&m->unknown, (const uint8_t *)name, length);
        const uint32_t first = (uint32_t)(value >> 8), number = (uint32_t)(value & 255);
        if (value < 0 || !number || first >= m->unknown.number ||
            number > m->unknown.number - first || at + number > m->unknown.number)
            return unfit("a category of characters has no unknown words, or those of another");
        for (uint32_t ends = 0; ends < 2; ends++)
            write_entries(m, &m->unknown, m->unknown_kinds, first, number,
                          m->known_kinds + ends * m->all_kinds,
                          entries + at + (ends ? m->unknown.number : 0));
        ranges[category].first = at;
        ranges[category].number = number;
        at += number;
    }
    return OK;
}

static void write_chars(const Maker *m, const uint32_t *infos, uint32_t blanks, uint32_t *chars)
{
    for (uint32_t c = 0; c < CODE_POINTS; c++) {
        const uint32_t info = infos[c < BMP ? c : 0], code = m->code_of[c];
        chars[c] = code | INFO_CATEGORY(info) << CATEGORY_SHIFT;
        if (code && m->units[m->units[0].base + (int32_t)code].check == 0)
            chars[c] |= BEGINS;
        if (INFO_INVOKE(info))
            chars[c] |= INVOKES;
        if (info & blanks)
            chars[c] |= BLANK;
        else if (c < BMP)
            chars[c] |= (uint32_t)(m->marks[c] & 3) << SEEN_SHIFT;
        else
            chars[c] |= 1u << SEEN_SHIFT | (uint32_t)(c >> 16 == 2 || c >> 16 == 3) << HARD_SHIFT;
        chars[c] |= (c < BMP ? (uint32_t)m->marks[c] >> 2 & 3 : PLAIN) << LINE_SHIFT;
    }
    for (int mark = 0; mark < 4; mark++)
        chars[END_MARKS[mark]] |= ENDS;
}

/* What is white space is decided by one type, which nothing else has: then MeCab's chains of
 * characters of a kind are runs of it. */
static int read_infos(const Maker *m, uint32_t *infos, uint32_t *blanks)
{
    for (uint32_t c = 0; c + 1 < BMP; c++)
        infos[c] = u32(m->chars + 4 * (size_t)c);
    infos[BMP - 1] = 0; /* MeCab reads behind its table here, where zeros are */
    *blanks = infos[' '] & TYPES;
    for (uint32_t c = 0; c < BMP; c++) {
        if (infos[c] & *blanks && (infos[c] & TYPES) != *blanks)
            return unfit("a character is white space and something else");
        if (INFO_CATEGORY(infos[c]) >= m->categories)
            return unfit("char.bin lacks a category");
    }
    if (infos[0] & *blanks)
        return unfit("all that is unknown is white space");
    return OK;
}

static int read_sizes(Maker *m, const Py_buffer *matrix, const Py_buffer *chars)
{
    const uint8_t *data = matrix->buf;
    const uint64_t table = (BMP - 1) * 4;
    if (matrix->len >= 4) {
        m->columns = u16(data);
        m->rows = u16(data + 2);
        m->matrix = data + 4;
    }
    if (!m->rows || !m->columns ||
        (uint64_t)matrix->len != 4 + 2 * (uint64_t)m->rows * m->columns)
        return unfit("matrix.bin is of another format");
    data = chars->buf;
    m->categories = chars->len >= 4 ? u32(data) : 0;
    if (!m->categories || m->categories > 256 ||
        (uint64_t)chars->len != 4 + 32 * (uint64_t)m->categories + table)
        return unfit("char.bin is of another format");
    m->names = (const char *)data + 4;
    m->chars = data + 4 + 32 * (size_t)m->categories;
    return OK;
}

/* image(system, unknown, matrix, chars, kinds, unknown_kinds, flags, known, used, marks, meta, identity)
 *
 * The four files of a dictionary; of each entry the number of its kind; what kinds are counted as
 * (`known` of them those of known words, then those of unknown ones), a byte each; lines of much used
 * beginnings of words; of each code point of the BMP bit 0, it is seen, bit 1, it is a kanji that counts,
 * and in two more what it is at the end of a line (those beyond are seen, and count in planes 2 and 3); anything to
 * keep beside it; 32 bytes that name the dictionary. ValueError: the dictionary is not one by which the
 * search counts as MeCab does. */
static PyObject *image(PyObject *module, PyObject *args)
{
    enum { SYSTEM, UNK, MATRIX, CHAR, KINDS, UNK_KINDS, FLAG, USED, MARKS, METADATA, IDENTITY, BUFFERS };
    Py_buffer b[BUFFERS];
    PyObject *result = NULL;
    unsigned known;
    (void)module;
    if (!PyArg_ParseTuple(args, "y*y*y*y*y*y*y*Iy*y*y*y*", b, b + 1, b + 2, b + 3, b + 4, b + 5,
                          b + 6, &known, b + 7, b + 8, b + 9, b + 10))
        return NULL;
    Maker *m = calloc(1, sizeof *m);
    uint32_t *infos = malloc(BMP * sizeof *infos), blanks = 0;
    if (!m || !infos) {
        out_of_memory();
        goto out;
    }
    m->known_kinds = known;
    m->all_kinds = (uint32_t)b[FLAG].len;
    m->kinds = b[KINDS].buf;
    m->unknown_kinds = b[UNK_KINDS].buf;
    m->marks = b[MARKS].buf;
    if (b[IDENTITY].len != 32 || b[MARKS].len != BMP || b[FLAG].len > BMP / 2 ||
        known > m->all_kinds ||
        (uintptr_t)m->kinds % 2 || (uintptr_t)m->unknown_kinds % 2) {
        unfit("the arguments do not fit together");
        goto out;
    }
    if (!read_lexicon(&m->system, b + SYSTEM) || !read_lexicon(&m->unknown, b + UNK) ||
        !read_sizes(m, b + MATRIX, b + CHAR) ||
        ((b[KINDS].len != 2 * (Py_ssize_t)m->system.number ||
          b[UNK_KINDS].len != 2 * (Py_ssize_t)m->unknown.number) &&
         !unfit("the kinds are not those of this dictionary")) ||
        !read_infos(m, infos, &blanks) || !read_keys(m, infos, blanks) ||
        !weigh(m, b[USED].buf, (size_t)b[USED].len) || !number_characters(m) || !lay_out(m) ||
        !merge_costs(m))
        goto out;

    Header h;
    uint64_t at[TABLES];
    memset(&h, 0, sizeof h);
    memcpy(h.magic, MAGIC, sizeof MAGIC);
    h.format = FORMAT;
    h.units = m->unit_count;
    h.entries = (uint32_t)entries_needed(m);
    h.unknown = 2 * m->unknown.number;
    h.rows = m->row_count;
    h.columns = m->column_count;
    h.stride = (m->row_count + 31) / 32 * 32;
    h.bounded = 1024; /* they cover 99 % of use; fewer of large dictionaries, for time's sake */
    while (h.bounded > m->column_count ||
           (uint64_t)h.bounded * h.bounded * m->row_count > UINT64_C(5000000000))
        h.bounded -= h.bounded > m->column_count ? h.bounded - m->column_count : h.bounded / 2;
    h.kinds = 2 * m->all_kinds;
    h.categories = m->categories;
    h.codes = m->codes;
    h.longest = m->longest;
    h.border_row = m->row_of[0];
    h.border_column = m->column_of[0];
    h.meta = (uint32_t)b[METADATA].len;
    memcpy(h.identity, b[IDENTITY].buf, 32);
    h.size = layout(&h, at);
    if (!h.size || b[METADATA].len > 1 << 24 || entries_needed(m) >> 24) {
        unfit("the image would be too large");
        goto out;
    }
    result = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)h.size);
    if (!result)
        goto out;
    uint8_t *data = (uint8_t *)PyBytes_AsString(result);
    memset(data, 0, (size_t)h.size);
    Unit *units = (Unit *)(data + at[UNITS]);
    memcpy(units, m->units, (size_t)m->unit_count * sizeof *units);
    write_system(m, units, (Entry *)(data + at[ENTRIES]));
    if (!write_unknown(m, (Entry *)(data + at[UNKNOWN]), (Range *)(data + at[RANGES]))) {
        Py_CLEAR(result);
        goto out;
    }
    write_chars(m, infos, blanks, (uint32_t *)(data + at[CHARS]));
    memcpy(data + at[INFOS], infos, BMP * sizeof *infos);
    uint8_t *flags = data + at[FLAGS];
    memcpy(flags, b[FLAG].buf, m->all_kinds);
    for (uint32_t kind = 0; kind < m->all_kinds; kind++)
        flags[m->all_kinds + kind] = (uint8_t)(flags[kind] | 1u << END_BIT);
    memcpy(data + at[META], b[METADATA].buf, h.meta);
    Py_BEGIN_ALLOW_THREADS
    write_costs(m, &h, (int16_t *)(data + at[COSTS]));
    const int16_t *costs = (const int16_t *)(data + at[COSTS]);
    (HAS_AVX2 ? write_bounds_avx2 : write_bounds)(&h, costs, (uint16_t *)(data + at[BOUNDS]));
    h.checksum = 0;
    h.checksum = checksum(&h, data, h.size);
    memcpy(data, &h, sizeof h);
    Py_END_ALLOW_THREADS
out:
    for (int i = 0; i < BUFFERS; i++)
        PyBuffer_Release(b + i);
    free(infos);
    if (m) {
        free(m->branches);
        free(m->token_weights);
        free(m->order);
        free(m->units);
        free(m->used_rows);
        free(m->used_columns);
        free(m);
    }
    return result;
}

/* ---------------------------------------------------------------- the second opinion */

static const double CUT = 4.0; /* of z-scores */

static double percentile(const double *quantiles, Py_ssize_t number, double value)
{
    Py_ssize_t place = 1;
    if (value <= quantiles[0])
        return 0.0;
    if (!(value < quantiles[number - 1]))
        return 100.0;
    while (quantiles[place] <= value)
        place++;
    const double low = quantiles[place - 1], high = quantiles[place];
    return 100.0 * ((double)(place - 1) + (value - low) / (high - low)) / (double)(number - 1);
}

static double error_of(double constant, const double slopes[VARIABLES], double number,
                       const double totals[VARIABLES], const double products[PRODUCTS])
{
    double linear = 0.0, joint = 0.0;
    for (int i = 0; i < VARIABLES; i++)
        linear += slopes[i] * totals[i];
    for (int i = 0; i < VARIABLES; i++)
        for (int j = i; j < VARIABLES; j++)
            joint += slopes[i] * slopes[j] * (i == j ? 1.0 : 2.0) * *products++;
    double squares = number * (constant * constant) + 2.0 * constant * linear;
    squares += joint;
    return sqrt((squares > 0.0 ? squares : 0.0) * number / (number - 1.0));
}

/* opinion(sums, reference): what opinion.py says in Python, in the same order, and so to the last bit. */
static PyObject *opinion(PyObject *module, PyObject *args)
{
    enum { MEAN = SEEN + 1, QUANTILES = MEAN + 6, SUMS = 1 + VARIABLES + PRODUCTS };
    PyObject *tuple, *result = NULL;
    Py_buffer buffer;
    double sums[SUMS], slopes[VARIABLES] = {0.0}, weights[3], harder = 0.0;
    (void)module;
    if (!PyArg_ParseTuple(args, "O!y*", &PyTuple_Type, &tuple, &buffer))
        return NULL;
    const double *known = buffer.buf, *mean = known + MEAN, *quantiles = known + QUANTILES;
    const double *of = sums + 1, *products = of + VARIABLES;
    const Py_ssize_t steps = buffer.len / (Py_ssize_t)sizeof(double) - QUANTILES;
    int fit = PyTuple_Size(tuple) == SUMS && steps > 1 && (uintptr_t)known % sizeof(double) == 0;
    for (Py_ssize_t i = 0; fit && i < SUMS; i++)
        sums[i] = PyLong_AsDouble(PyTuple_GetItem(tuple, i));
    const double number = sums[0];
    if (PyErr_Occurred() || !fit || !(number >= 1.0 && of[WORDS] >= 1.0)) {
        if (!PyErr_Occurred())
            unfit("these are not the sums of a text");
        goto out;
    }
    double readability = of[WORDS] / number * known[1];
    for (int i = CLASS; i < SEEN; i++)
        readability += 100.0 * of[i] / of[WORDS] * known[1 + i];
    readability += known[0];
    const double parts[3] = {
        -readability,
        of[SEEN] > 0.0 ? of[HARD] / of[SEEN] : 0.0,
        of[CONTENT] > 0.0 ? of[UNLISTED] / of[CONTENT] : 0.0,
    };
    for (int i = 0; i < 3; i++) {
        const double apart = parts[i] - mean[2 * i], deviation = mean[2 * i + 1];
        const double z = apart / deviation;
        const int unknown = i == 2 && !(of[CONTENT] > 0.0);
        harder += unknown ? 0.0 : z > CUT ? CUT : z < -CUT ? -CUT : z;
        weights[i] = unknown || fabs(apart) >= CUT * deviation ? 0.0 : 1.0 / deviation;
    }
    const double percent = percentile(quantiles, steps, harder);
    if (number < 2.0) {
        result = Py_BuildValue("(ddOO)", harder, percent, Py_None, Py_None);
        goto out;
    }
    double own = 0.0, constant = -known[1] * of[WORDS] / (number * number);
    for (int i = CLASS; i < SEEN; i++) {
        slopes[i] = 100.0 * known[1 + i] / of[WORDS];
        own += slopes[i] * of[i];
    }
    slopes[WORDS] = known[1] / number - own / of[WORDS];
    const double readability_error = error_of(constant, slopes, number, of, products);
    for (int i = 0; i < VARIABLES; i++)
        slopes[i] = -weights[0] * slopes[i];
    if (of[SEEN] > 0.0) {
        slopes[SEEN] = -weights[1] * of[HARD] / (of[SEEN] * of[SEEN]);
        slopes[HARD] = weights[1] / of[SEEN];
    }
    if (of[CONTENT] > 0.0) {
        slopes[CONTENT] = -weights[2] * of[UNLISTED] / (of[CONTENT] * of[CONTENT]);
        slopes[UNLISTED] = weights[2] / of[CONTENT];
    }
    const double error = error_of(-weights[0] * constant, slopes, number, of, products);
    const double low = percentile(quantiles, steps, harder - error);
    const double high = percentile(quantiles, steps, harder + error);
    result = Py_BuildValue("(dddd)", harder, percent, readability_error, (high - low) / 2.0);
out:
    PyBuffer_Release(&buffer);
    return result;
}

/* ---------------------------------------------------------------- for Python */

typedef struct {
    PyObject_HEAD
    Image image;
    Py_buffer buffer;
    Work *idle;
    int simd;
} Core;

static PyObject *core_new(PyTypeObject *type, PyObject *args, PyObject *named)
{
    static char *names[] = {"image", "identity", "portable", NULL};
    Py_buffer buffer, identity;
    int portable = 0;
    if (!PyArg_ParseTupleAndKeywords(args, named, "y*y*|p", names, &buffer, &identity, &portable))
        return NULL;
    const char *wrong = "the name of a dictionary has 32 bytes";
    allocfunc allocate = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    Core *self = (Core *)allocate(type, 0);
    if (self && identity.len == 32) {
        Py_BEGIN_ALLOW_THREADS
        wrong = open_image(&self->image, buffer.buf, (uint64_t)buffer.len, identity.buf);
        Py_END_ALLOW_THREADS
    }
    PyBuffer_Release(&identity);
    if (!self || wrong) {
        PyBuffer_Release(&buffer);
        if (self)
            PyErr_SetString(PyExc_ValueError, wrong);
        Py_XDECREF((PyObject *)self);
        return NULL;
    }
    self->buffer = buffer;
    const uint32_t kinds = self->image.header.kinds;
    self->image.spread = malloc(((size_t)kinds + 1) * sizeof(uint64_t));
    if (!self->image.spread) {
        Py_DECREF((PyObject *)self);
        return PyErr_NoMemory();
    }
    for (uint32_t kind = 0; kind < kinds; kind++) {
        uint8_t flags = self->image.flags[kind];
        flags ^= (uint8_t)((flags >> CONTENT_BIT & 1) << LISTED_BIT);
        uint64_t spread = 0;
        for (int bit = 0; bit < COUNTED; bit++)
            spread |= (uint64_t)(flags >> bit & 1) << 8 * bit;
        self->image.spread[kind] = spread;
    }
    for (unsigned set = 0; set < 256; set++)
        for (unsigned member = 0, at = 0; member < 8; member++)
            if (set >> member & 1)
                self->image.order[set][at++] = (uint8_t)member;
    self->simd = !portable && HAS_AVX2;
    return (PyObject *)self;
}

static void core_dealloc(PyObject *object)
{
    Core *self = (Core *)object;
    PyTypeObject *type = Py_TYPE(object);
    while (self->idle) {
        Work *next = self->idle->next;
        free_work(self->idle);
        self->idle = next;
    }
    free(self->image.spread);
    if (self->buffer.obj)
        PyBuffer_Release(&self->buffer);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(object);
    Py_DECREF(type);
}

static Work *borrow(Core *self)
{
    Work *w = self->idle;
    if (w)
        self->idle = w->next;
    else if (!(w = new_work(&self->image)))
        PyErr_NoMemory();
    return w;
}

/* Only workspaces of the usual size are kept. */
static void give_back(Core *self, Work *w)
{
    if (w->listed_capacity > MOST_KEPT || w->capacity > 16 * MOST_KEPT) {
        free_work(w);
        return;
    }
    w->next = self->idle;
    self->idle = w;
}

static void end_line(Work *w)
{
    if (w->last != SPACE) {
        w->joined += w->comma && w->bare;
        w->open_lines += w->bare == PLAIN;
        w->comma = w->last == COMMA;
    }
    w->last = w->bare = SPACE;
}

/* Look at how lines end, and for what no text may hold. */
static int read_lines(Work *w, const Image *m, const uint32_t *text, size_t n)
{
    int wrong = 0;
    for (size_t i = 0; i < n; i++) {
        const uint32_t c = m->chars[text[i]], line = LINE(c);
        wrong |= !text[i] || text[i] - 0xd800 < 0x800;
        if (text[i] == '\n')
            end_line(w);
        else if (line != SPACE) {
            w->last = line;
            w->seen = 1;
            if (line != CLOSING)
                w->bare = c & ENDS ? COMMA : PLAIN; /* anything but PLAIN */
        }
    }
    return wrong ? UNFIT : DONE;
}

/* Search a whole text, a stretch of it at a time. -1: an exception; otherwise DONE or UNFIT. */
static int search_text(Core *self, Work *w, PyObject *text, int listing)
{
    static Search *const searches[2][2] = {
        {count_portable, list_portable},
        {count_avx2, list_avx2},
    };
    Search *run = searches[self->simd][listing];
    const Py_ssize_t length = PyUnicode_GetLength(text);
    Py_ssize_t taken = 0;
    size_t kept = 0;
    int state = DONE;
    if (length < 0)
        return -1;
    if ((uint64_t)length > UINT32_MAX)
        return UNFIT;
    begin(w, &self->image);
    do {
        size_t now = CHUNK - kept, done = 0;
        if (now > (size_t)(length - taken))
            now = (size_t)(length - taken);
        if (now == (size_t)length) {
            if (!PyUnicode_AsUCS4(text, w->text, CHUNK, 0))
                return -1;
        } else if (now) {
            PyObject *part = PyUnicode_Substring(text, taken, taken + (Py_ssize_t)now);
            if (!part || !PyUnicode_AsUCS4(part, w->text + kept, CHUNK - (Py_ssize_t)kept, 0)) {
                Py_XDECREF(part);
                return -1;
            }
            Py_DECREF(part);
        }
        taken += (Py_ssize_t)now;
        kept += now;
        Py_BEGIN_ALLOW_THREADS
        state = read_lines(w, &self->image, w->text + kept - now, now);
        if (state == DONE)
            state = run(w, &self->image, w->text, kept, taken == length, &done);
        if (state == DONE && taken == length)
            state = finish(w, &self->image, listing);
        if (taken == length)
            end_line(w);
        kept -= done;
        memmove(w->text, w->text + done, kept * sizeof *w->text);
        Py_END_ALLOW_THREADS
        if (taken < length && PyErr_CheckSignals())
            return -1;
    } while (state == DONE && taken < length);
    if (state == NO_MEMORY) {
        PyErr_NoMemory();
        return -1;
    }
    return listing || w->seen ? state : UNFIT;
}

/* What was found in a text: a workspace to be given back; NULL: *result is what to return. */
static Work *searched(Core *self, PyObject *text, int listing, PyObject **result)
{
    Work *w = borrow(self);
    const int state = w ? search_text(self, w, text, listing) : -1;
    if (state == DONE)
        return w;
    if (w)
        give_back(self, w);
    *result = state == UNFIT ? Py_NewRef(Py_None) : NULL;
    return NULL;
}

/* Of a text: sums of the numbers of all sentences, ends of sentences, 文語 words, words after the last
 * end, the two numbers of lines, and words of the longest sentence; then, if asked for, sums of products.
 * None: a text that is to be refused, or left to MeCab. */
static PyObject *numbers(PyObject *object, PyObject *text, int with_products)
{
    enum { OTHERS = 6, COUNTS = VARIABLES + OTHERS };
    PyObject *result;
    Work *w = searched((Core *)object, text, 0, &result);
    if (!w)
        return result;
    Tally *t = w->tally;
    uint64_t all[COUNTS + PRODUCTS];
    uint64_t others[OTHERS] = {t->ends, t->classical, t->open[WORDS], w->open_lines, w->joined};
    close_sentence(t, t->open, w->marks - t->begun);
    others[OTHERS - 1] = t->longest;
    memcpy(all, t->sums, sizeof t->sums);
    memcpy(all + VARIABLES, others, sizeof others);
    memcpy(all + COUNTS, t->products, sizeof t->products);
    give_back((Core *)object, w);
    const Py_ssize_t number = COUNTS + (with_products ? PRODUCTS : 0);
    result = PyTuple_New(number);
    for (Py_ssize_t i = 0; result && i < number; i++) {
        PyObject *one = PyLong_FromUnsignedLongLong(all[i]);
        if (!one || PyTuple_SetItem(result, i, one))
            Py_CLEAR(result);
    }
    return result;
}

static PyObject *core_counts(PyObject *object, PyObject *text)
{
    return numbers(object, text, 0);
}

static PyObject *core_sums(PyObject *object, PyObject *text)
{
    return numbers(object, text, 1);
}

/* Three 32-bit numbers a word: where it starts and ends in the text, and its kind. */
static PyObject *core_words(PyObject *object, PyObject *text)
{
    PyObject *result;
    Work *w = searched((Core *)object, text, 1, &result);
    if (w) {
        result = PyBytes_FromStringAndSize((const char *)w->listed,
                                           (Py_ssize_t)(w->listed_used * sizeof *w->listed));
        give_back((Core *)object, w);
    }
    return result;
}

static PyObject *core_meta(PyObject *object, void *unused)
{
    Core *self = (Core *)object;
    (void)unused;
    return PyBytes_FromStringAndSize((const char *)self->image.meta, self->image.header.meta);
}

static PyObject *core_vectorised(PyObject *object, void *unused)
{
    (void)unused;
    return PyBool_FromLong(((Core *)object)->simd);
}

static PyMethodDef core_methods[] = {
    {"counts", core_counts, METH_O, "What is counted of a text; None: MeCab is to look at it."},
    {"sums", core_sums, METH_O, "The same, and sums of products over its sentences."},
    {"words", core_words, METH_O, "List the words of a text: start, end, kind, 32 bits each."},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef core_properties[] = {
    {"meta", core_meta, NULL, "What was kept beside the image.", NULL},
    {"vectorised", core_vectorised, NULL, "Whether AVX2 is in use.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot core_slots[] = {
    {Py_tp_doc, "Core(image, identity, portable=False): counts with the image of a dictionary."},
    {Py_tp_new, core_new},
    {Py_tp_dealloc, core_dealloc},
    {Py_tp_methods, core_methods},
    {Py_tp_getset, core_properties},
    {0, NULL},
};

static PyType_Spec core_spec = {
    "jtextkit.metrics.morphology._native.Core", sizeof(Core), 0, Py_TPFLAGS_DEFAULT, core_slots};

static PyMethodDef functions[] = {
    {"image", image, METH_VARARGS, "The image of a dictionary."},
    {"opinion", opinion, METH_VARARGS, "The second opinion and standard errors, from sums."},
    {NULL, NULL, 0, NULL},
};

static int add_core(PyObject *module)
{
    PyObject *type = PyType_FromSpec(&core_spec);
    const int failed = !type || PyModule_AddObjectRef(module, "Core", type);
    Py_XDECREF(type);
    return failed ? -1 : 0;
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, add_core}, {0, NULL}};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_native", "Exact counting of UniDic words.", 0, functions, module_slots,
    NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__native(void)
{
    return PyModuleDef_Init(&definition);
}
