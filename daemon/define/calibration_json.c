/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Calibrations as JSON: see define/calibration_json.h. */

#include "define/calibration_json.h"

#include "kor/base/err.h"

#define LARGE 1e15
#define MOST_REACH 100 /* Spreads of the model. */
#define SEEDS 9007199254740991 /* Whole numbers that every reader knows. */

enum { starts = KOR_CALIBRATION_STARTS };

static const char *const reach_keys[KOR_N_WIDTHS] = {"reach80", "reach68"};
static const char *const hit_keys[KOR_N_WIDTHS] = {"covered80", "covered68"};

/* Hits, two numbers each: how many, and how many of them within. */
static json_t *
write_hits(const struct kor_hits hits[], size_t n)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++) {
        json_array_append_new(array, json_integer(hits[i].n));
        json_array_append_new(array, json_integer(hits[i].covered));
    }
    return array;
}

static void
write_width(const struct kor_calibration *c, enum kor_width width,
            json_t *json)
{
    json_object_set_new(
        json, reach_keys[width],
        kor_json_numbers(c->reach[width][0], c->n_times * starts));
    json_object_set_new(
        json, hit_keys[width],
        json_pack("{s:o,s:o,s:o}", "overall",
                  write_hits(&c->overall[width], 1), "by_time",
                  write_hits(c->by_time[width], c->n_times), "by_start",
                  write_hits(c->by_start[width], starts)));
}

json_t *
kor_calibration_write(const struct kor_calibration *c)
{
    json_t *json = json_object(), *places = json_array();
    json_object_set_new(json, "people", json_integer(c->n_people));
    json_object_set_new(json, "seed", json_integer((json_int_t)c->seed));
    json_object_set_new(json, "limits", kor_json_numbers(c->limits, starts - 1));
    json_object_set_new(json, "starts", kor_json_numbers(c->starts, starts));
    json_object_set_new(json, "middle", json_real(c->middle));
    json_object_set_new(json, "growth", json_real(c->growth));
    json_object_set_new(json, "least", json_real(c->least));
    json_object_set_new(json, "most", json_real(c->most));
    json_object_set_new(json, "times", kor_json_numbers(c->times, c->n_times));
    write_width(c, KOR_WIDTH_80, json);
    write_width(c, KOR_WIDTH_68, json);
    for (size_t i = 0; i < KOR_CALIBRATION_CLASSES; i++) {
        json_array_append_new(places, json_integer(c->places[i]));
    }
    json_object_set_new(json, "places", places);
    return json;
}

static void
read_numbers(const struct kor_node *node, const char *key, size_t n,
             double least, double values[])
{
    struct kor_node array = kor_node_need(node, key);
    size_t count = kor_node_count(&array, n, n);
    for (size_t i = 0; i < count; i++) {
        struct kor_node member = kor_node_member(&array, i);
        values[i] = kor_node_number(&member, least, MOST_REACH);
    }
}

/* Numbers that rise: one that does not is refused at its place. */
static void
read_rising(const struct kor_node *node, const char *key, size_t n,
            double values[])
{
    struct kor_node array = kor_node_need(node, key);
    size_t count = kor_node_count(&array, n, n);
    for (size_t i = 0; i < count; i++) {
        struct kor_node member = kor_node_member(&array, i);
        values[i] = kor_node_number(&member, i ? values[i - 1] : -LARGE,
                                    LARGE);
    }
}

static void
read_hits(const struct kor_node *node, const char *key, size_t n,
          struct kor_hits hits[])
{
    struct kor_node array = kor_node_need(node, key);
    size_t count = kor_node_count(&array, 2 * n, 2 * n) / 2;
    for (size_t i = 0; i < count; i++) {
        struct kor_node all = kor_node_member(&array, 2 * i);
        struct kor_node covered = kor_node_member(&array, 2 * i + 1);
        hits[i].n = (uint32_t)kor_node_int(&all, 0, UINT32_MAX);
        hits[i].covered = (uint32_t)kor_node_int(&covered, 0, hits[i].n);
    }
}

static void
read_width(const struct kor_node *node, enum kor_width width,
           struct kor_calibration *c)
{
    static const char *const keys[]
        = {"overall", "by_time", "by_start", NULL};
    read_numbers(node, reach_keys[width], c->n_times * starts, 0,
                 c->reach[width][0]);
    struct kor_node hits = kor_node_need(node, hit_keys[width]);
    kor_node_only(&hits, keys);
    read_hits(&hits, "overall", 1, &c->overall[width]);
    read_hits(&hits, "by_time", c->n_times, c->by_time[width]);
    read_hits(&hits, "by_start", starts, c->by_start[width]);
}

/* A range of no width holds nobody. */
static void
check_reach(const struct kor_node *node, enum kor_width width,
            const struct kor_calibration *c)
{
    const double *reach = c->reach[width][0];
    char path[KOR_PATH_SIZE];
    for (size_t i = 0; i < c->n_times * starts; i++) {
        if (!(reach[i] > 0) && node->reader->code == KOR_OK) {
            node->reader->code = kor_fail(
                node->reader->err, KOR_BAD_VALUE,
                kor_node_path(node, reach_keys[width], path),
                "%s must be above 0 everywhere: take the course as it was "
                "made", path);
        }
    }
}

static bool
adds_up(const struct kor_hits *all, const struct kor_hits hits[], size_t n)
{
    uint64_t scores = 0, covered = 0;
    for (size_t i = 0; i < n; i++) {
        scores += hits[i].n;
        covered += hits[i].covered;
    }
    return scores == all->n && covered == all->covered;
}

/* Each score is one of a time and one of a third. */
static void
check_hits(const struct kor_node *node, enum kor_width width,
           const struct kor_calibration *c)
{
    const struct kor_hits *all = &c->overall[width];
    char path[KOR_PATH_SIZE];
    if (node->reader->code == KOR_OK
        && !(adds_up(all, c->by_time[width], c->n_times)
             && adds_up(all, c->by_start[width], starts))) {
        node->reader->code = kor_fail(
            node->reader->err, KOR_BAD_VALUE,
            kor_node_path(node, hit_keys[width], path),
            "%s must hold overall what its times hold together, and what its "
            "thirds of the start score do: take the course as it was made",
            path);
    }
}

/* The inner range lies within the outer one. */
static void
check_widths(const struct kor_node *node, const struct kor_calibration *c)
{
    const double *outer = c->reach[KOR_WIDTH_80][0];
    const double *inner = c->reach[KOR_WIDTH_68][0];
    char path[KOR_PATH_SIZE];
    for (size_t i = 0; i < c->n_times * starts; i++) {
        if (inner[i] > outer[i] && node->reader->code == KOR_OK) {
            node->reader->code = kor_fail(
                node->reader->err, KOR_BAD_VALUE,
                kor_node_path(node, "reach68", path),
                "%s must not be above reach80 anywhere: take the course as it "
                "was made", path);
        }
    }
}

static void
read_places(const struct kor_node *node, struct kor_calibration *c)
{
    struct kor_node places = kor_node_need(node, "places");
    size_t n = kor_node_count(&places, KOR_CALIBRATION_CLASSES,
                              KOR_CALIBRATION_CLASSES);
    for (size_t i = 0; i < n; i++) {
        struct kor_node member = kor_node_member(&places, i);
        c->places[i] = (uint32_t)kor_node_int(&member, 0, UINT32_MAX);
    }
}

void
kor_calibration_read(const struct kor_node *node, struct kor_calibration *c)
{
    static const char *const keys[]
        = {"people", "seed", "limits", "starts", "middle", "growth", "least",
           "most", "times", "reach80", "reach68", "covered80", "covered68",
           "places", NULL};
    kor_node_only(node, keys);
    struct kor_node times = kor_node_need(node, "times");
    c->n_people = (uint32_t)kor_node_need_int(node, "people", 1, UINT32_MAX);
    c->seed = (uint64_t)kor_node_need_int(node, "seed", 0, SEEDS);
    c->n_times = kor_node_count(&times, 1, KOR_CALIBRATION_MAX_TIMES);
    read_rising(node, "times", c->n_times, c->times);
    read_rising(node, "limits", starts - 1, c->limits);
    read_rising(node, "starts", starts, c->starts);
    c->middle = kor_node_need_number(node, "middle", -LARGE, LARGE);
    c->growth = kor_node_need_number(node, "growth", -LARGE, LARGE);
    c->least = kor_node_need_number(node, "least", -LARGE, LARGE);
    c->most = kor_node_need_number(node, "most", c->least, LARGE);
    read_width(node, KOR_WIDTH_80, c);
    read_width(node, KOR_WIDTH_68, c);
    check_widths(node, c);
    for (size_t w = 0; w < KOR_N_WIDTHS; w++) {
        check_reach(node, (enum kor_width)w, c);
        check_hits(node, (enum kor_width)w, c);
    }
    read_places(node, c);
}
