/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef DEFINE_NODE_H
#define DEFINE_NODE_H 1

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "kor/base/compiler.h"
#include "kor/base/err.h"
#include "kor/define/words.h"

/* Node: a place in a JSON text that is being read, with the way to it, so
 * that an error can name it ("items[3].max").
 *
 * Reading is sticky: after the first failure every function here does nothing
 * and returns something harmless, and 'code' of the reader says at the end
 * whether all went well.  So a definition is read in one straight line.
 *
 * Texts are borrowed from the JSON value. */

struct kor_reader {
    enum kor_code code; /* KOR_OK until something fails. */
    struct kor_err *err;
};

struct kor_node {
    struct kor_reader *reader;
    json_t *json;               /* Borrowed; null: not given. */
    const struct kor_node *up;  /* Null at the root. */
    const char *key;            /* In the object above; null in an array. */
    size_t index;               /* In the array above. */
};

#define KOR_PATH_SIZE 64

/* Parses the 'size' bytes at 'text': one JSON value, no key twice, at most
 * 'max_size' bytes and 16 levels.  '*json' is the caller's (json_decref()),
 * and null on failure. */
KOR_NODISCARD enum kor_code kor_json_load(const char *text, size_t size,
                                          size_t max_size, json_t **json,
                                          struct kor_err *err);

/* Writes the way to 'key' (may be null: to the node itself) in 'node', and
 * returns 'path'. */
char *kor_node_path(const struct kor_node *node, const char *key,
                    char path[KOR_PATH_SIZE]);

/* Fails unless 'node' is an object with no other keys than the null-ended
 * list 'keys'. */
void kor_node_only(const struct kor_node *node, const char *const keys[]);

/* What lies under 'key' in 'node'; its 'json' is null if nothing does. */
struct kor_node kor_node_at(const struct kor_node *node, const char *key);

/* The same, and fails if nothing does. */
struct kor_node kor_node_need(const struct kor_node *node, const char *key);

/* How many members the array 'node' has, 0 if it is not given; fails if it is
 * no array, or has fewer than 'least' or more than 'most'. */
size_t kor_node_count(const struct kor_node *node, size_t least, size_t most);

/* Member 'index' of the array 'node'. */
struct kor_node kor_node_member(const struct kor_node *node, size_t index);

/* The value of the node itself, which must be given; numbers lie from 'min'
 * to 'max', texts are one line of 1 to 'max_len' characters. */
double kor_node_number(const struct kor_node *node, double min, double max);
long kor_node_int(const struct kor_node *node, long min, long max);
const char *kor_node_text(const struct kor_node *node, size_t max_len);

/* The number under 'key', 'fallback' if it is not given. */
double kor_node_opt_number(const struct kor_node *node, const char *key,
                           double min, double max, double fallback);
long kor_node_opt_int(const struct kor_node *node, const char *key, long min,
                      long max, long fallback);
bool kor_node_opt_bool(const struct kor_node *node, const char *key,
                       bool fallback);
const char *kor_node_opt_text(const struct kor_node *node, const char *key,
                              size_t max_len);

/* What has to be there under 'key'. */
double kor_node_need_number(const struct kor_node *node, const char *key,
                            double min, double max);
long kor_node_need_int(const struct kor_node *node, const char *key, long min,
                       long max);
const char *kor_node_need_text(const struct kor_node *node, const char *key,
                               size_t max_len);

/* The place of the text 'node' among the null-ended 'words'. */
int kor_node_word(const struct kor_node *node, const char *const words[]);

/* Copies the key under 'key' of 'node' to the 'size' bytes at 'to': small
 * letters, digits and hyphens, with a letter first, since numbers stand beside
 * it on a command line. */
void kor_node_key(const struct kor_node *node, const char *key, char *to,
                  size_t size);

/* So too a version: letters a-z, digits, points and hyphens. */
void kor_node_version(const struct kor_node *node, const char *key, char *to,
                      size_t size);

/* Words in up to three languages, each at most 'max_len' characters. */
struct kor_words kor_node_words(const struct kor_node *node, size_t max_len);

/* The same where each has something to be read in it. */
struct kor_words kor_node_names(const struct kor_node *node, size_t max_len);

/* The 'n' 'values' as a JSON array, which is the caller's. */
json_t *kor_json_numbers(const double values[], size_t n);

#endif /* define/node.h */
