/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Places in a JSON text: see node.h. */

#include "define/node.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "kor/base/utf8.h"

#define MAX_DEPTH 16

/* Levels of brackets, counted before jansson follows them by recursion. */
static size_t
depth_of(const char *text, size_t size)
{
    size_t depth = 0, deepest = 0;
    bool in_string = false;
    for (size_t i = 0; i < size; i++) {
        char c = text[i];
        if (in_string) {
            i += c == '\\';
            in_string = c != '"';
        } else if (c == '{' || c == '[') {
            depth++;
            deepest = depth > deepest ? depth : deepest;
        } else if (c == '}' || c == ']') {
            depth -= depth > 0;
        } else {
            in_string = c == '"';
        }
    }
    return deepest;
}

static bool
begins_with(const char *text, size_t size, const char *mark)
{
    return size >= strlen(mark) && !memcmp(text, mark, strlen(mark));
}

/* What editors do to a file, said plainly. */
static enum kor_code
check_bytes(const char *text, size_t size, struct kor_err *err)
{
    if (size == 0 || strspn(text, " \t\r\n") >= size) {
        return kor_fail(err, KOR_BAD_VALUE, "file",
                        "the file is empty: write it as the manual shows");
    }
    if (begins_with(text, size, "\xff\xfe")
        || begins_with(text, size, "\xfe\xff")) {
        return kor_fail(err, KOR_BAD_VALUE, "file",
                        "the file is UTF-16: save it as UTF-8");
    }
    if (begins_with(text, size, "\xef\xbb\xbf")) {
        return kor_fail(err, KOR_BAD_VALUE, "file",
                        "the file begins with a byte order mark, which is no "
                        "part of JSON: save it as UTF-8 without BOM");
    }
    return kor_utf8_valid(text, size)
               ? KOR_OK
               : kor_fail(err, KOR_BAD_VALUE, "file",
                          "the file is not UTF-8: save it as UTF-8");
}

enum kor_code
kor_json_load(const char *text, size_t size, size_t max_size, json_t **json,
              struct kor_err *err)
{
    *json = NULL;
    if (size > max_size) {
        return kor_fail(err, KOR_TOO_LARGE, "file",
                        "the file has %zu bytes and may have at most %zu: "
                        "make it shorter",
                        size, max_size);
    }
    if (depth_of(text, size) > MAX_DEPTH) {
        return kor_fail(err, KOR_BAD_VALUE, "file",
                        "the file has brackets within brackets more than %d "
                        "levels deep: write it as the manual shows",
                        MAX_DEPTH);
    }
    enum kor_code code = check_bytes(text, size, err);
    if (code != KOR_OK) {
        return code;
    }
    json_error_t why;
    *json = json_loadb(text, size, JSON_REJECT_DUPLICATES, &why);
    if (!*json) {
        return kor_fail(err, KOR_BAD_VALUE, "file",
                        "line %d, column %d is not JSON (%s): mend it there",
                        why.line, why.column, why.text);
    }
    return KOR_OK;
}

/* Writes the way to 'node' at 'path' and returns its length. */
static size_t
write_path(const struct kor_node *node, char path[KOR_PATH_SIZE])
{
    if (!node->up) {
        path[0] = '\0';
        return 0;
    }
    size_t used = write_path(node->up, path);
    size_t left = KOR_PATH_SIZE - used;
    int n = node->key ? snprintf(path + used, left, "%s%s",
                                 used ? "." : "", node->key)
                      : snprintf(path + used, left, "[%zu]", node->index);
    return (size_t)n < left ? used + (size_t)n : KOR_PATH_SIZE - 1;
}

char *
kor_node_path(const struct kor_node *node, const char *key,
              char path[KOR_PATH_SIZE])
{
    struct kor_node below = {.up = node, .key = key};
    size_t used = write_path(key ? &below : node, path);
    if (used == 0) {
        snprintf(path, KOR_PATH_SIZE, "file");
    }
    return path;
}

static bool
going(const struct kor_node *node)
{
    return node->reader->code == KOR_OK;
}

static void
fail_type(const struct kor_node *node, const char *english)
{
    char path[KOR_PATH_SIZE];
    node->reader->code = kor_fail(
        node->reader->err, KOR_BAD_VALUE, kor_node_path(node, NULL, path),
        node->json ? KOR_N_("%s must be %s: write it so")
                   : KOR_N_("%s is missing: give %s"),
        path, kor_text(node->reader->err ? node->reader->err->lang : KOR_EN,
                       english));
}

/* The words with commas between, for a sentence. */
static void
list_words(const char *const words[], char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; words[i] && used < size; i++) {
        int n = snprintf(text + used, size - used, "%s%s", i ? ", " : "",
                         words[i]);
        used += n > 0 ? (size_t)n : 0;
    }
}

void
kor_node_only(const struct kor_node *node, const char *const keys[])
{
    if (!going(node)) {
        return;
    }
    if (!json_is_object(node->json)) {
        fail_type(node, KOR_N_("an object in braces"));
        return;
    }
    for (void *i = json_object_iter(node->json); i;
         i = json_object_iter_next(node->json, i)) {
        const char *key = json_object_iter_key(i);
        if (!kor_is_one_of(key, keys)) {
            char path[KOR_PATH_SIZE], known[320];
            list_words(keys, known, sizeof known);
            node->reader->code = kor_fail(
                node->reader->err, KOR_BAD_VALUE,
                kor_node_path(node, key, path),
                "%s is not known: take it out, or write one of %s", path,
                known);
            return;
        }
    }
}

struct kor_node
kor_node_at(const struct kor_node *node, const char *key)
{
    return (struct kor_node){
        .reader = node->reader,
        .json = going(node) ? json_object_get(node->json, key) : NULL,
        .up = node,
        .key = key};
}

struct kor_node
kor_node_need(const struct kor_node *node, const char *key)
{
    struct kor_node at = kor_node_at(node, key);
    if (going(node) && !at.json) {
        fail_type(&at, KOR_N_("it as the manual shows"));
    }
    return at;
}

size_t
kor_node_count(const struct kor_node *node, size_t least, size_t most)
{
    if (!going(node) || (!node->json && least == 0)) {
        return 0;
    }
    if (!json_is_array(node->json)) {
        fail_type(node, KOR_N_("a list in square brackets"));
        return 0;
    }
    size_t n = json_array_size(node->json);
    if (n < least || n > most) {
        char path[KOR_PATH_SIZE];
        node->reader->code = kor_fail(
            node->reader->err, KOR_BAD_VALUE, kor_node_path(node, NULL, path),
            "%s has %zu members and must have %zu to %zu: add or take out "
            "some",
            path, n, least, most);
        return 0;
    }
    return n;
}

struct kor_node
kor_node_member(const struct kor_node *node, size_t index)
{
    return (struct kor_node){
        .reader = node->reader,
        .json = going(node) ? json_array_get(node->json, index) : NULL,
        .up = node,
        .index = index};
}

double
kor_node_number(const struct kor_node *node, double min, double max)
{
    if (!going(node)) {
        return min;
    }
    if (!json_is_number(node->json)) {
        fail_type(node, KOR_N_("a number without quotes"));
        return min;
    }
    double value = json_number_value(node->json);
    if (!(value >= min && value <= max)) {
        char path[KOR_PATH_SIZE];
        node->reader->code = kor_fail(
            node->reader->err, KOR_BAD_VALUE, kor_node_path(node, NULL, path),
            "%s is %g and must be from %g to %g: change it", path, value, min,
            max);
        return min;
    }
    return value;
}

long
kor_node_int(const struct kor_node *node, long min, long max)
{
    if (going(node) && !json_is_integer(node->json)) {
        fail_type(node, KOR_N_("a whole number without quotes"));
    }
    return (long)kor_node_number(node, (double)min, (double)max);
}

static bool
is_one_line(const char *text)
{
    for (const char *p = text; *p; p++) {
        unsigned char c = (unsigned char)*p;
        /* C1 control characters are 0xc2 0x80 to 0xc2 0x9f. */
        if (c < 0x20 || c == 0x7f
            || (c == 0xc2 && (unsigned char)p[1] < 0xa0)) {
            return false;
        }
    }
    return true;
}

const char *
kor_node_text(const struct kor_node *node, size_t max_len)
{
    if (!going(node)) {
        return "";
    }
    if (!json_is_string(node->json)) {
        fail_type(node, KOR_N_("a text in quotes"));
        return "";
    }
    const char *text = json_string_value(node->json);
    size_t len = kor_utf8_columns(text);
    if (len < 1 || len > max_len || !is_one_line(text)) {
        char path[KOR_PATH_SIZE];
        node->reader->code = kor_fail(
            node->reader->err, KOR_BAD_VALUE, kor_node_path(node, NULL, path),
            "%s must be one line of 1 to %zu characters: rewrite it", path,
            max_len);
        return "";
    }
    return text;
}

double
kor_node_opt_number(const struct kor_node *node, const char *key, double min,
                    double max, double fallback)
{
    struct kor_node at = kor_node_at(node, key);
    return at.json ? kor_node_number(&at, min, max) : fallback;
}

long
kor_node_opt_int(const struct kor_node *node, const char *key, long min,
                 long max, long fallback)
{
    struct kor_node at = kor_node_at(node, key);
    return at.json ? kor_node_int(&at, min, max) : fallback;
}

bool
kor_node_opt_bool(const struct kor_node *node, const char *key, bool fallback)
{
    struct kor_node at = kor_node_at(node, key);
    if (at.json && !json_is_boolean(at.json)) {
        fail_type(&at, KOR_N_("true or false without quotes"));
    }
    return at.json ? json_is_true(at.json) : fallback;
}

const char *
kor_node_opt_text(const struct kor_node *node, const char *key,
                  size_t max_len)
{
    struct kor_node at = kor_node_at(node, key);
    return at.json ? kor_node_text(&at, max_len) : NULL;
}

double
kor_node_need_number(const struct kor_node *node, const char *key, double min,
                     double max)
{
    struct kor_node at = kor_node_at(node, key);
    return kor_node_number(&at, min, max);
}

long
kor_node_need_int(const struct kor_node *node, const char *key, long min,
                  long max)
{
    struct kor_node at = kor_node_at(node, key);
    return kor_node_int(&at, min, max);
}

const char *
kor_node_need_text(const struct kor_node *node, const char *key,
                   size_t max_len)
{
    struct kor_node at = kor_node_at(node, key);
    return kor_node_text(&at, max_len);
}

int
kor_node_word(const struct kor_node *node, const char *const words[])
{
    const char *text = kor_node_text(node, 64);
    for (int i = 0; going(node) && words[i]; i++) {
        if (!strcmp(words[i], text)) {
            return i;
        }
    }
    if (going(node)) {
        char path[KOR_PATH_SIZE], known[320];
        list_words(words, known, sizeof known);
        node->reader->code = kor_fail(
            node->reader->err, KOR_BAD_VALUE, kor_node_path(node, NULL, path),
            "%s is '%s' and must be one of %s: choose one", path, text,
            known);
    }
    return 0;
}

#define LETTERS "abcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"
#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

/* Copies the text under 'key', made of the characters 'allowed' and beginning
 * with one of 'first'; 'english' says what is right. */
static void
copy_token(const struct kor_node *node, const char *key, const char *allowed,
           const char *first, const char *english, char *to, size_t size)
{
    const char *text = kor_node_need_text(node, key, size - 1);
    if (!going(node)) {
        return;
    }
    if (strspn(text, allowed) != strlen(text) || !strchr(first, text[0])) {
        char path[KOR_PATH_SIZE];
        node->reader->code
            = kor_fail(node->reader->err, KOR_BAD_VALUE,
                       kor_node_path(node, key, path), english, path);
        return;
    }
    snprintf(to, size, "%s", text);
}

void
kor_node_key(const struct kor_node *node, const char *key, char *to,
             size_t size)
{
    copy_token(node, key, LETTERS DIGITS "-", LETTERS,
               KOR_N_("%s must be of small letters a-z, digits and hyphens, "
                      "with a letter first: rewrite it"), to, size);
}

void
kor_node_version(const struct kor_node *node, const char *key, char *to,
                 size_t size)
{
    copy_token(node, key, LETTERS DIGITS CAPITALS "-.",
               LETTERS DIGITS CAPITALS "-.",
               KOR_N_("%s must be of letters a-z, digits, points and hyphens: "
                      "rewrite it"), to, size);
}

struct kor_words
kor_node_words(const struct kor_node *node, size_t max_len)
{
    static const char *const keys[] = {"en", "nb", "sv", NULL};
    struct kor_words words = {{NULL}};
    kor_node_only(node, keys);
    for (int lang = 0; lang < KOR_N_LANGS; lang++) {
        words.in[lang] = kor_node_opt_text(
            node, kor_lang_name((enum kor_lang)lang), max_len);
    }
    return words;
}

struct kor_words
kor_node_names(const struct kor_node *node, size_t max_len)
{
    struct kor_words words = kor_node_words(node, max_len);
    for (int lang = 0; lang < KOR_N_LANGS && going(node); lang++) {
        if (words.in[lang] && kor_utf8_is_blank(words.in[lang])) {
            char path[KOR_PATH_SIZE];
            node->reader->code = kor_fail(
                node->reader->err, KOR_BAD_VALUE,
                kor_node_path(node, kor_lang_name((enum kor_lang)lang), path),
                "%s is blank: write something, or leave it out", path);
        }
    }
    return words;
}

json_t *
kor_json_numbers(const double values[], size_t n)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++) {
        json_array_append_new(array, json_real(values[i]));
    }
    return array;
}
