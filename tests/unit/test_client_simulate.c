/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Made-up people: the same wish makes the same file, and the file can be
 * imported without an error. */

#include "support/near.h"

#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/clock.h"
#include "kor/define/catalogue.h"
#include "lib/import_file.h"
#include "lib/simulate.h"
#include "support/temp.h"

static struct kor_simulation
wish_of(int64_t people, int64_t open, uint64_t seed)
{
    struct kor_simulation wish = {people, open, seed, 0, 0};
    assert_true(kor_date_parse("2024-11-01", &wish.start));
    assert_true(kor_date_parse("2026-11-01", &wish.until));
    return wish;
}

static void
the_same_seed_makes_the_same_bytes(void **state)
{
    (void)state;
    const struct kor_simulation wish = wish_of(50, 10, 7),
                                other = wish_of(50, 10, 8);
    struct kor_buf a = {0}, b = {0}, c = {0};
    size_t n, n_again;
    assert_int_equal(kor_simulate(&wish, &a, &n, NULL), KOR_OK);
    assert_int_equal(kor_simulate(&wish, &b, &n_again, NULL), KOR_OK);
    assert_int_equal(n, n_again);
    assert_string_equal(a.text, b.text);
    assert_int_equal(kor_simulate(&other, &c, &n, NULL), KOR_OK);
    assert_string_not_equal(a.text, c.text);
    kor_buf_done(&a);
    kor_buf_done(&b);
    kor_buf_done(&c);
}

static void
every_row_says_that_it_is_made_up(void **state)
{
    (void)state;
    const struct kor_simulation wish = wish_of(20, 5, 1);
    struct kor_buf csv = {0};
    size_t n, n_rows = 0;
    assert_int_equal(kor_simulate(&wish, &csv, &n, NULL), KOR_OK);
    char *rest = csv.text;
    (void)strsep(&rest, "\n");
    for (char *row; (row = strsep(&rest, "\n")) && *row; n_rows++) {
        assert_memory_equal(row, "made-up-", 8);
        assert_string_equal(row + strlen(row) - 8, ",made up");
    }
    assert_int_equal(n_rows, n);
    kor_buf_done(&csv);
}

static void
parse_scale(const char *key, struct kor_instrument *in)
{
    size_t i = 0;
    while (strcmp(kor_catalogue[i].name, key)) {
        i++;
    }
    assert_int_equal(kor_instrument_parse(kor_catalogue[i].text,
                                          strlen(kor_catalogue[i].text), in,
                                          NULL),
                     KOR_OK);
}

/* What stands in the places of a loaded file. */
struct counts {
    size_t open, closed;
    int32_t earliest, latest;
};

static void
count(const struct kor_import_file *file, struct counts *counts)
{
    for (size_t i = 0; i < file->n_rows; i++) {
        const struct kor_import_place *place = &file->places[i];
        if (i + 1 == file->n_rows || place[1].person != place->person) {
            counts->open += place->ending == 0;
            counts->closed += place->ending != 0;
        }
        counts->earliest = i == 0 || place->date < counts->earliest
                               ? place->date
                               : counts->earliest;
        counts->latest = i == 0 || place->date > counts->latest
                             ? place->date
                             : counts->latest;
    }
}

static void
the_file_and_its_map_can_be_imported(void **state)
{
    (void)state;
    const struct kor_simulation wish = wish_of(200, 40, 3);
    struct kor_instrument *scales = kor_alloc_array(2, sizeof *scales);
    struct kor_import_file *file = kor_alloc(sizeof *file);
    struct kor_map *map = kor_alloc(sizeof *map);
    struct kor_buf csv = {0}, text = {0};
    struct counts counts = {0};
    char path[TEMP_SIZE];
    size_t n;
    assert_int_equal(kor_simulate(&wish, &csv, &n, NULL), KOR_OK);
    kor_buf_puts(&text, kor_simulate_map);
    assert_int_equal(kor_map_parse(text.text, text.size, map, NULL), KOR_OK);
    parse_scale("outcome", &scales[0]);
    parse_scale("alliance", &scales[1]);
    file->map = map;
    file->scales = scales;
    file->today = wish.until;
    temp_file(path, csv.text, csv.size);
    assert_int_equal(kor_import_load(file, path, &text, NULL), KOR_OK);
    temp_remove(path);
    assert_int_equal(file->n_problems, 0);
    assert_int_equal(file->people.n, 200);
    assert_int_equal(file->n_sessions, n);
    count(file, &counts);
    assert_int_equal(counts.open, 40);
    assert_int_equal(counts.closed, 160);
    assert_true(counts.earliest >= wish.start);
    assert_true(counts.latest <= wish.until && counts.latest > wish.until - 7);
    kor_import_done(file);
    kor_instrument_done(&scales[0]);
    kor_instrument_done(&scales[1]);
    kor_buf_done(&csv);
    kor_buf_done(&text);
    free(map);
    free(file);
    free(scales);
}

static void
wishes_outside_their_limits_are_refused(void **state)
{
    (void)state;
    struct kor_simulation none = wish_of(0, 0, 1), open = wish_of(5, 6, 1),
                          many = wish_of(200001, 0, 1),
                          late = wish_of(5, 1, 1);
    struct kor_buf csv = {0};
    size_t n;
    late.start = late.until - 199;
    assert_int_equal(kor_simulate(&none, &csv, &n, NULL), KOR_BAD_VALUE);
    assert_int_equal(kor_simulate(&many, &csv, &n, NULL), KOR_BAD_VALUE);
    assert_int_equal(kor_simulate(&open, &csv, &n, NULL), KOR_BAD_VALUE);
    assert_int_equal(kor_simulate(&late, &csv, &n, NULL), KOR_BAD_VALUE);
    late.start--;
    assert_int_equal(kor_simulate(&late, &csv, &n, NULL), KOR_OK);
    kor_buf_done(&csv);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_seed_makes_the_same_bytes),
        cmocka_unit_test(every_row_says_that_it_is_made_up),
        cmocka_unit_test(the_file_and_its_map_can_be_imported),
        cmocka_unit_test(wishes_outside_their_limits_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
