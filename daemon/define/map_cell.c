/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cells of an import file as values: see kor/define/map.h. */

#include "kor/define/map.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "kor/base/clock.h"

#define CELL_SIZE 64
#define DAYS_OF_A_MONTH (365.25 / 12)

/* Copies 'cell' without the blanks round it; false if it is too long to be
 * anything that is known here. */
static bool
trim(const char *cell, char to[CELL_SIZE])
{
    cell += strspn(cell, " \t\r\n");
    size_t len = strlen(cell);
    while (len > 0 && strchr(" \t\r\n", cell[len - 1])) {
        len--;
    }
    if (len >= CELL_SIZE) {
        return false;
    }
    memcpy(to, cell, len);
    to[len] = '\0';
    return true;
}

bool
kor_map_is_missing(const struct kor_map *map, const char *cell)
{
    char text[CELL_SIZE];
    if (!trim(cell, text)) {
        return false;
    }
    for (size_t i = 0; i < map->n_missing; i++) {
        if (!strcmp(map->missing[i], text)) {
            return true;
        }
    }
    return text[0] == '\0';
}

/* Up to 15 digits in all are exact, whatever the locale says. */
bool
kor_map_number(const struct kor_map *map, const char *cell, double *value)
{
    char text[CELL_SIZE];
    if (kor_map_is_missing(map, cell)) {
        *value = NAN;
        return true;
    }
    if (!trim(cell, text)) {
        return false;
    }
    const char *p = text + (text[0] == '-' || text[0] == '+');
    double digits = 0, unit = 1;
    bool is_past = false;
    int n = 0;
    for (; *p; p++) {
        if (*p == map->decimal && !is_past && n > 0) {
            is_past = true;
        } else if (*p >= '0' && *p <= '9' && n < 15) {
            digits = digits * 10 + (*p - '0');
            unit *= is_past ? 10 : 1;
            n++;
        } else {
            return false;
        }
    }
    if (n == 0 || p[-1] == map->decimal) {
        return false;
    }
    *value = text[0] == '-' ? -digits / unit : digits / unit;
    return true;
}

/* Where year, month and day begin in a text of ten characters, and what
 * stands between them. */
struct layout {
    size_t year, month, day;
    size_t first_gap, second_gap;
    char gap;
};

bool
kor_map_date(const struct kor_map *map, const char *cell, int32_t *date)
{
    static const struct layout layouts[] = {
        [KOR_MAP_ISO] = {0, 5, 8, 4, 7, '-'},
        [KOR_MAP_DOTTED] = {6, 3, 0, 2, 5, '.'},
        [KOR_MAP_SLASHED_DM] = {6, 3, 0, 2, 5, '/'},
        [KOR_MAP_SLASHED_MD] = {6, 0, 3, 2, 5, '/'},
    };
    const struct layout *layout = &layouts[map->dates];
    char text[CELL_SIZE];
    char iso[11] = "0000-00-00";
    if (!trim(cell, text) || strlen(text) != 10
        || text[layout->first_gap] != layout->gap
        || text[layout->second_gap] != layout->gap) {
        return false;
    }
    memcpy(iso, text + layout->year, 4);
    memcpy(iso + 5, text + layout->month, 2);
    memcpy(iso + 8, text + layout->day, 2);
    return kor_date_parse(iso, date);
}

bool
kor_map_date_at(const struct kor_map *map, double time, int32_t *date)
{
    double days = round(time
                        * (map->unit == KOR_MAP_DAYS    ? 1
                           : map->unit == KOR_MAP_WEEKS ? 7
                                                        : DAYS_OF_A_MONTH));
    if (!(fabs(days) <= 200 * 365.25)) {
        return false;
    }
    *date = map->start + (int32_t)days;
    return true;
}

/* 'ours' begins with the word for a missing cell and ends with null. */
static const char *
translate(const struct kor_map *map, const struct kor_map_words *words,
          const char *const ours[], const char *cell)
{
    char text[CELL_SIZE];
    if (!trim(cell, text)) {
        return NULL;
    }
    for (size_t i = 0; i < words->n; i++) {
        if (!strcasecmp(words->synonyms[i].word, text)) {
            return words->synonyms[i].ours;
        }
    }
    if (kor_map_is_missing(map, cell)) {
        return ours[0];
    }
    for (size_t i = 0; ours[i]; i++) {
        if (!strcasecmp(ours[i], text)) {
            return ours[i];
        }
    }
    return NULL;
}

const char *
kor_map_status(const struct kor_map *map, const char *cell)
{
    static const char *const ours[]
        = {"held", "cancelled-client", "cancelled-late", "cancelled-clinic",
           "not-attended", NULL};
    return translate(map, &map->statuses, ours, cell);
}

const char *
kor_map_ending(const struct kor_map *map, const char *cell)
{
    static const char *const ours[] = {"open", "planned", "unplanned", NULL};
    return translate(map, &map->endings, ours, cell);
}

const char *
kor_map_gender(const struct kor_map *map, const char *cell)
{
    static const char *const ours[]
        = {"unknown", "female", "male", "other", NULL};
    return translate(map, &map->genders, ours, cell);
}
