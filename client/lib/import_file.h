/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_LIB_IMPORT_FILE_H
#define CLIENT_LIB_IMPORT_FILE_H 1

#include "kor/base/csv.h"
#include "kor/define/map.h"
#include "kor/wire/message.h"
#include "lib/people.h"

/* A CSV file of scores, read by a map, checked whole and put in order.
 *
 * Order of calls: fill 'map', 'scales' and 'today', call kor_import_load(),
 * look at 'n_problems', take the rows with kor_import_row(), end with
 * kor_import_done().
 *
 * Rows of one person need not stand together in the file.  They come out by
 * person, in the order in which people first come, then by date, then by
 * line.  Only the last row of a person carries the ending. */

#define KOR_IMPORT_MAX_SIZE ((uint64_t)256 << 20) /* Bytes of the file. */
#define KOR_IMPORT_MAX_PROBLEMS 50                /* That are kept. */

/* One thing that is wrong in the file. */
struct kor_import_problem {
    long line;
    char column[KOR_COLUMN_SIZE]; /* "" if it is of the whole row. */
    char text[512];               /* The sentence. */
};

/* One row of the file: what has to be known of it for the order. */
struct kor_import_place {
    uint32_t person;
    int32_t date;
    int32_t session; /* 0: not given. */
    uint32_t line;
    size_t at;       /* Of its cells in 'text'. */
    uint8_t scales;  /* Bit set: that scale of the map is answered. */
    uint8_t ending;  /* 0 open, 1 planned, 2 unplanned. */
};

struct kor_import_file {
    /* Set by the caller; borrowed. */
    const struct kor_map *map;
    const struct kor_instrument *scales; /* One for each scale of the map. */
    int32_t today;                       /* No session lies after it. */

    /* What was found. */
    char hash[65]; /* BLAKE2b-256 of file and map, hexadecimal. */
    size_t n_rows, n_sessions, n_answers;
    struct kor_people people;
    struct kor_import_problem problems[KOR_IMPORT_MAX_PROBLEMS];
    size_t n_problems; /* All of them, kept or not. */

    /* Of import_file.c. */
    struct kor_import_place *places;
    size_t n_places;      /* Room in 'places'. */
    size_t *columns;      /* By slot: index in the file. */
    struct kor_buf text;  /* Cells that the map names, row by row. */
};

/* Reads the file 'path' by the map, whose text is 'map_text'.  Whatever is
 * wrong in a row is a problem and no error: up to 50 are kept, by line.
 *
 * Errors: those of kor_csv_read(); KOR_BAD_VALUE if the file lacks a column
 * that the map names, or map and scales do not go together. */
KOR_NODISCARD enum kor_code kor_import_load(struct kor_import_file *file,
                                            const char *path,
                                            const struct kor_buf *map_text,
                                            struct kor_err *err);

/* Room for the answers of one row. */
struct kor_import_row {
    struct kor_msg_import_row row;
    struct kor_msg_answer answers[KOR_MAP_MAX_SCALES];
};

/* Writes the row 'i' of a file without problems, in the order above. */
void kor_import_row(const struct kor_import_file *file, size_t i,
                    struct kor_import_row *out);

/* How many rows go safely into one request. */
size_t kor_import_batch(const struct kor_import_file *file);

/* Frees what was found. */
void kor_import_done(struct kor_import_file *file);

#endif /* client/lib/import_file.h */
