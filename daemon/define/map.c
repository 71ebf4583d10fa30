/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Import maps: see kor/define/map.h.  Turning cells into values lies in
 * map_cell.c. */

#include "kor/define/map.h"

#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/clock.h"
#include "kor/base/utf8.h"

/* libinih tells no line numbers, so the lines are counted here; after
 * a failure it is given no more of them. */
struct state {
    struct kor_map *map;
    struct kor_err *err;
    enum kor_code code;
    const char *text; /* What is left to read. */
    size_t left;
    int line;           /* Of the text just handed out, from 1. */
    const char *key;    /* Being set. */
    uint64_t seen;      /* One bit for each rule. */
    struct kor_map_scale *scale;
    char section[64];   /* Of 'scale'. */
};

/* One key: where it stands, what sets it, and with what. */
struct rule {
    const char *section;
    const char *key;
    void (*set)(struct state *state, const char *value, size_t detail);
    size_t detail;
};

static void
copy_text(struct state *state, const char *value, char *to, size_t size)
{
    size_t len = strlen(value);
    if (len == 0 || len >= size) {
        state->code = kor_fail(state->err, KOR_BAD_VALUE, state->key,
                               "line %d: %s must have 1 to %zu bytes: change "
                               "it",
                               state->line, state->key, size - 1);
        return;
    }
    memcpy(to, value, len + 1);
}

/* The place of 'value' among the null-ended 'words'. */
static size_t
choose(struct state *state, const char *value, const char *const words[])
{
    char known[160] = "";
    size_t used = 0;
    for (size_t i = 0; words[i]; i++) {
        if (!strcmp(words[i], value)) {
            return i;
        }
        used += (size_t)snprintf(known + used, sizeof known - used, "%s%s",
                                 i ? ", " : "", words[i]);
    }
    state->code = kor_fail(state->err, KOR_BAD_VALUE, state->key,
                           "line %d: %s is '%.40s' and must be one of %s: "
                           "choose one",
                           state->line, state->key, value, known);
    return 0;
}

/* Hands out the next member of a list with commas; null at its end.  Blanks
 * round it are cut off. */
static char *
next_member(char **rest)
{
    char *word = strsep(rest, ",");
    if (!word) {
        return NULL;
    }
    word += strspn(word, " \t");
    size_t len = strlen(word);
    while (len > 0 && (word[len - 1] == ' ' || word[len - 1] == '\t')) {
        word[--len] = '\0';
    }
    return word;
}

static void
fail_count(struct state *state, size_t most)
{
    state->code = kor_fail(state->err, KOR_BAD_VALUE, state->key,
                           "line %d: %s may have at most %zu members: take "
                           "some out",
                           state->line, state->key, most);
}

static void
set_column(struct state *state, const char *value, size_t offset)
{
    copy_text(state, value, (char *)state->map + offset, KOR_COLUMN_SIZE);
}

static void
set_delimiter(struct state *state, const char *value, size_t detail)
{
    static const char *const words[] = {"comma", "semicolon", "tab", NULL};
    (void)detail;
    state->map->delimiter = ",;\t"[choose(state, value, words)];
}

static void
set_decimal(struct state *state, const char *value, size_t detail)
{
    static const char *const words[] = {"point", "comma", NULL};
    (void)detail;
    state->map->decimal = ".,"[choose(state, value, words)];
}

static void
set_dates(struct state *state, const char *value, size_t detail)
{
    static const char *const words[]
        = {"YYYY-MM-DD", "DD.MM.YYYY", "DD/MM/YYYY", "MM/DD/YYYY", NULL};
    (void)detail;
    state->map->dates = (enum kor_map_dates)choose(state, value, words);
}

static void
set_missing(struct state *state, const char *value, size_t detail)
{
    struct kor_map *map = state->map;
    char text[KOR_MAP_MAX_LINE + 1];
    (void)detail;
    snprintf(text, sizeof text, "%s", value);
    char *rest = text;
    for (char *word; (word = next_member(&rest)) && state->code == KOR_OK;) {
        if (map->n_missing == KOR_MAP_MAX_MISSING) {
            fail_count(state, KOR_MAP_MAX_MISSING);
            return;
        }
        copy_text(state, word, map->missing[map->n_missing++],
                  KOR_MAP_WORD_SIZE);
    }
}

static void
set_unit(struct state *state, const char *value, size_t detail)
{
    static const char *const words[] = {"days", "weeks", "months", NULL};
    (void)detail;
    state->map->unit = (enum kor_map_unit)choose(state, value, words);
}

static void
set_start(struct state *state, const char *value, size_t detail)
{
    (void)detail;
    if (!kor_date_parse(value, &state->map->start)) {
        state->code = kor_fail(state->err, KOR_BAD_VALUE, state->key,
                               "line %d: start must be a day from 1900 to "
                               "2199, written as 2024-03-31: change it",
                               state->line);
    }
}

static void
set_pathway(struct state *state, const char *value, size_t detail)
{
    (void)detail;
    copy_text(state, value, state->map->pathway, KOR_PATHWAY_SIZE);
}

/* The key itself is our word; the value lists those of the file. */
static void
add_words(struct state *state, const char *value, const char *ours,
          struct kor_map_words *words)
{
    char text[KOR_MAP_MAX_LINE + 1];
    snprintf(text, sizeof text, "%s", value);
    char *rest = text;
    size_t n = 0;
    for (char *word; (word = next_member(&rest)) && state->code == KOR_OK;) {
        if (n++ == KOR_MAP_MAX_SYNONYMS) {
            fail_count(state, KOR_MAP_MAX_SYNONYMS);
            return;
        }
        for (size_t i = 0; i < words->n; i++) {
            if (!strcmp(words->synonyms[i].word, word)) {
                state->code = kor_fail(state->err, KOR_BAD_VALUE, ours,
                                       "line %d: '%s' stands for two things: "
                                       "take it out of one of them",
                                       state->line, word);
                return;
            }
        }
        struct kor_map_synonym *synonym = &words->synonyms[words->n++];
        copy_text(state, word, synonym->word, sizeof synonym->word);
        synonym->ours = ours;
    }
}

static void
set_status(struct state *state, const char *value, size_t detail)
{
    (void)detail;
    add_words(state, value, state->key, &state->map->statuses);
}

static void
set_ending(struct state *state, const char *value, size_t detail)
{
    (void)detail;
    add_words(state, value, state->key, &state->map->endings);
}

static void
set_gender(struct state *state, const char *value, size_t detail)
{
    (void)detail;
    add_words(state, value, state->key, &state->map->genders);
}

static void
set_total(struct state *state, const char *value, size_t detail)
{
    (void)detail;
    copy_text(state, value, state->scale->total, KOR_COLUMN_SIZE);
}

static void
set_language(struct state *state, const char *value, size_t detail)
{
    (void)detail;
    if (!kor_language_valid(value)) {
        state->code = kor_fail(state->err, KOR_BAD_VALUE, state->key,
                               "line %d: language must be two or three small "
                               "letters, as nb: change it",
                               state->line);
        return;
    }
    snprintf(state->scale->language, KOR_LANGUAGE_SIZE, "%s", value);
}

/* Several lines of them add up. */
static void
set_items(struct state *state, const char *value, size_t detail)
{
    struct kor_map_scale *scale = state->scale;
    char text[KOR_MAP_MAX_LINE + 1];
    (void)detail;
    snprintf(text, sizeof text, "%s", value);
    char *rest = text;
    for (char *word; (word = next_member(&rest)) && state->code == KOR_OK;) {
        if (!*word && !rest) {
            return; /* The comma at the end of a line that goes on. */
        }
        if (scale->n_items == KOR_MAX_ITEMS) {
            fail_count(state, KOR_MAX_ITEMS);
            return;
        }
        copy_text(state, word, scale->items[scale->n_items++],
                  KOR_COLUMN_SIZE);
    }
}

static const struct rule rules[] = {
    {"file", "delimiter", set_delimiter, 0},
    {"file", "decimal", set_decimal, 0},
    {"file", "dates", set_dates, 0},
    {"file", "missing", set_missing, 0},
    {"columns", "id", set_column, offsetof(struct kor_map, id)},
    {"columns", "date", set_column, offsetof(struct kor_map, date)},
    {"columns", "time", set_column, offsetof(struct kor_map, time)},
    {"columns", "unit", set_unit, 0},
    {"columns", "start", set_start, 0},
    {"columns", "session", set_column, offsetof(struct kor_map, session)},
    {"columns", "status", set_column, offsetof(struct kor_map, status)},
    {"columns", "ending", set_column, offsetof(struct kor_map, ending)},
    {"columns", "born", set_column, offsetof(struct kor_map, born)},
    {"columns", "gender", set_column, offsetof(struct kor_map, gender)},
    {"columns", "therapist", set_column, offsetof(struct kor_map, therapist)},
    {"status", "held", set_status, 0},
    {"status", "cancelled-client", set_status, 0},
    {"status", "cancelled-late", set_status, 0},
    {"status", "cancelled-clinic", set_status, 0},
    {"status", "not-attended", set_status, 0},
    {"ending", "planned", set_ending, 0},
    {"ending", "unplanned", set_ending, 0},
    {"ending", "open", set_ending, 0},
    {"gender", "female", set_gender, 0},
    {"gender", "male", set_gender, 0},
    {"gender", "other", set_gender, 0},
    {"gender", "unknown", set_gender, 0},
    {"constants", "pathway", set_pathway, 0},
    {"scale", "total", set_total, 0},
    {"scale", "language", set_language, 0},
    {"scale", "items", set_items, 0},
};

/* The bit of a rule in 'seen'; items may come in several lines. */
static uint64_t
bit_of(size_t rule)
{
    return rules[rule].set == set_items ? 0 : (uint64_t)1 << rule;
}

static void
fail_section(struct state *state, const char *section)
{
    state->code = kor_fail(state->err, KOR_BAD_VALUE, "section",
                           "line %d: the section [%s] is not right: write "
                           "file, columns, status, ending, gender, constants, "
                           "or scale with the key of an instrument and "
                           "perhaps a rater",
                           state->line, section);
}

/* Begins the scale of the section "scale KEY" or "scale KEY RATER". */
static void
begin_scale(struct state *state, const char *section)
{
    struct kor_map *map = state->map;
    char key[64] = "", rater[64] = "client", more[2] = "";
    int n = sscanf(section, "scale %63s %63s %1s", key, rater, more);
    if (section[5] != ' ' || n < 1 || n > 2
        || strlen(key) >= KOR_INSTRUMENT_KEY_SIZE) {
        fail_section(state, section);
        return;
    }
    if (map->n_scales == KOR_MAP_MAX_SCALES) {
        state->code = kor_fail(state->err, KOR_BAD_VALUE, "scale",
                               "line %d: a map may have at most %d scales: "
                               "take some out",
                               state->line, KOR_MAP_MAX_SCALES);
        return;
    }
    state->scale = &map->scales[map->n_scales++];
    snprintf(state->section, sizeof state->section, "%s", section);
    snprintf(state->scale->instrument, KOR_INSTRUMENT_KEY_SIZE, "%.23s", key);
    state->code = kor_rater_parse(rater, &state->scale->rater, state->err);
    if (state->code != KOR_OK) {
        kor_wrap(state->err, "line %d", state->line);
        return;
    }
    for (size_t i = 0; i < KOR_LENGTH(rules); i++) {
        if (!strcmp(rules[i].section, "scale")) {
            state->seen &= ~bit_of(i);
        }
    }
}

/* The name in the rules for 'section', with its scale made the current one;
 * a key of the scale already there gives the one a second time. */
static const char *
enter(struct state *state, const char *section)
{
    if (strncmp(section, "scale", 5)) {
        return section;
    }
    if (!state->scale || strcmp(section, state->section)) {
        begin_scale(state, section);
    }
    return "scale";
}

static void
set_key(struct state *state, const char *section, const char *key,
        const char *value)
{
    bool is_section = false;
    for (size_t i = 0; i < KOR_LENGTH(rules); i++) {
        bool is_here = !strcmp(rules[i].section, section);
        is_section |= is_here;
        if (!is_here || strcmp(rules[i].key, key)) {
            continue;
        }
        state->key = rules[i].key;
        if (state->seen & bit_of(i)) {
            state->code = kor_fail(state->err, KOR_BAD_VALUE, key,
                                   "line %d: %s is given a second time in "
                                   "its section: keep one line",
                                   state->line, key);
            return;
        }
        state->seen |= bit_of(i);
        rules[i].set(state, value, rules[i].detail);
        return;
    }
    if (!is_section) {
        fail_section(state, section);
        return;
    }
    state->code = kor_fail(state->err, KOR_BAD_VALUE, key,
                           "line %d: '%s' is not a key of the section [%s]: "
                           "take it out, or see the manual for the keys",
                           state->line, key, section);
}

static int
on_key(void *user, const char *section, const char *key, const char *value)
{
    struct state *state = user;
    const char *name = enter(state, section);
    if (state->code == KOR_OK) {
        set_key(state, name, key, value);
    }
    return state->code == KOR_OK;
}

/* Hands the next line to libinih, as fgets() would. */
static char *
next_line(char *line, int size, void *user)
{
    struct state *state = user;
    if (state->left == 0 || state->code != KOR_OK) {
        return NULL;
    }
    const char *end = memchr(state->text, '\n', state->left);
    size_t len = end ? (size_t)(end - state->text) + 1 : state->left;
    state->line++;
    if (len > KOR_MAP_MAX_LINE || len >= (size_t)size
        || memchr(state->text, '\0', len)) {
        state->code = kor_fail(state->err, KOR_BAD_VALUE, "line",
                               "line %d is longer than %d bytes: break it; "
                               "items may go on in a second line of items",
                               state->line, KOR_MAP_MAX_LINE);
        return NULL;
    }
    memcpy(line, state->text, len);
    line[len] = '\0';
    state->text += len;
    state->left -= len;
    return line;
}

static enum kor_code
check_time(const struct kor_map *map, uint64_t has_unit, struct kor_err *err)
{
    if (!map->id[0]) {
        return kor_fail(err, KOR_BAD_VALUE, "id",
                        "the section [columns] has no id: name the column "
                        "that tells the people apart");
    }
    if (!map->date[0] == !map->time[0]) {
        return kor_fail(err, KOR_BAD_VALUE, "date",
                        "the section [columns] needs either date or time, "
                        "not both: name one column");
    }
    bool has_time = map->time[0] != '\0';
    if (has_time != (has_unit != 0)
        || has_time != (map->start != KOR_NO_DATE)) {
        return kor_fail(err, KOR_BAD_VALUE, "time",
                        "time, unit and start go together: with a column for "
                        "time give its unit (days, weeks, months) and the "
                        "day it counts from; with date give none of them");
    }
    if (map->delimiter == ',' && map->decimal == ',') {
        return kor_fail(err, KOR_BAD_VALUE, "decimal",
                        "delimiter and decimal cannot both be a comma: write "
                        "the file with semicolons, and say so here");
    }
    return KOR_OK;
}

static enum kor_code
check_scales(const struct kor_map *map, struct kor_err *err)
{
    if (map->n_scales == 0) {
        return kor_fail(err, KOR_BAD_VALUE, "scale",
                        "the map has no scale: write a section as [scale "
                        "phq9], with the column of its total or of its "
                        "items");
    }
    for (size_t i = 0; i < map->n_scales; i++) {
        const struct kor_map_scale *scale = &map->scales[i];
        if (!scale->total[0] && scale->n_items == 0) {
            return kor_fail(err, KOR_BAD_VALUE, scale->instrument,
                            "the scale %s has no column: name that of its "
                            "total, or those of its items",
                            scale->instrument);
        }
        for (size_t k = 0; k < i; k++) {
            const struct kor_map_scale *other = &map->scales[k];
            if (!strcmp(other->instrument, scale->instrument)
                && other->rater.role == scale->rater.role
                && other->rater.number == scale->rater.number) {
                return kor_fail(err, KOR_BAD_VALUE, scale->instrument,
                                "the scale %s is there twice for the same "
                                "rater: keep one section",
                                scale->instrument);
            }
        }
    }
    return KOR_OK;
}

static uint64_t
bit_of_unit(void)
{
    size_t i = 0;
    while (rules[i].set != set_unit) {
        i++;
    }
    return bit_of(i);
}

enum kor_code
kor_map_parse(const char *text, size_t size, struct kor_map *map,
              struct kor_err *err)
{
    memset(map, 0, sizeof *map);
    map->delimiter = ',';
    map->decimal = '.';
    map->start = KOR_NO_DATE;
    if (size > KOR_MAP_MAX_SIZE) {
        return kor_fail(err, KOR_TOO_LARGE, "file",
                        "the map has %zu bytes and may have at most %d: make "
                        "it shorter",
                        size, KOR_MAP_MAX_SIZE);
    }
    if (!kor_utf8_valid(text, size)) {
        return kor_fail(err, KOR_BAD_VALUE, "file",
                        "the map is not UTF-8: save it as UTF-8 and try "
                        "again");
    }
    struct state state = {
        .map = map, .err = err, .code = KOR_OK, .text = text, .left = size};
    int bad_line = ini_parse_stream(next_line, &state, on_key, &state);
    if (state.code != KOR_OK) {
        return state.code;
    }
    if (bad_line != 0) {
        return kor_fail(err, KOR_BAD_VALUE, "line",
                        "line %d is neither [section] nor key = value: mend "
                        "it",
                        bad_line);
    }
    enum kor_code code = check_time(map, state.seen & bit_of_unit(), err);
    return code == KOR_OK ? check_scales(map, err) : code;
}
