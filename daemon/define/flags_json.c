/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tables of flags as JSON: see define/flags_json.h. */

#include "define/flags_json.h"

#include <math.h>

#define LARGE 1e15
#define SEEDS 9007199254740991 /* Whole numbers that every reader knows. */

/* Why there is no table, in the order of enum kor_course_flags_state. */
static const char *const reasons[]
    = {"no-reliable-change", "too-few", NULL};

static json_t *
write_rule(const double figures[KOR_N_FLAG_FIGURES])
{
    json_t *json = json_object();
    for (size_t f = 0; f < KOR_N_FLAG_FIGURES; f++) {
        if (!isnan(figures[f])) {
            json_object_set_new(json,
                                kor_flag_figure_name((enum kor_flag_figure)f),
                                json_real(figures[f]));
        }
    }
    return json;
}

json_t *
kor_flags_write(const struct kor_course_flags *flags)
{
    if (flags->state != KOR_FLAGS_COUNTED) {
        return json_pack(
            "{s:s}", "none",
            reasons[flags->state - KOR_FLAGS_NO_RELIABLE_CHANGE]);
    }
    json_t *json = json_object(), *rules = json_object();
    json_object_set_new(json, "halves", json_integer(flags->n_halves));
    json_object_set_new(json, "seed", json_integer((json_int_t)flags->seed));
    json_object_set_new(json, "reliable_change",
                        json_real(flags->rc_points));
    json_object_set_new(json, "people", json_real(flags->table.people));
    json_object_set_new(json, "outcomes", json_real(flags->table.outcomes));
    json_object_set_new(json, "too_short", json_real(flags->table.too_short));
    json_object_set_new(json, "no_room", json_real(flags->table.no_room));
    for (size_t r = 0; r < KOR_N_FLAG_RULES; r++) {
        json_object_set_new(rules, kor_flag_rule_name((enum kor_flag_rule)r),
                            write_rule(flags->table.rules[r]));
    }
    json_object_set_new(json, "rules", rules);
    if (flags->has_favoured) {
        json_object_set_new(
            json, "favoured",
            json_string(kor_flag_rule_name(flags->favoured)));
    }
    return json;
}

/* The words for the figures, or for the rules, with null at the end. */
static void
list_figures(const char *names[KOR_N_FLAG_FIGURES + 1])
{
    for (size_t f = 0; f < KOR_N_FLAG_FIGURES; f++) {
        names[f] = kor_flag_figure_name((enum kor_flag_figure)f);
    }
    names[KOR_N_FLAG_FIGURES] = NULL;
}

static void
list_rules(const char *names[KOR_N_FLAG_RULES + 1])
{
    for (size_t r = 0; r < KOR_N_FLAG_RULES; r++) {
        names[r] = kor_flag_rule_name((enum kor_flag_rule)r);
    }
    names[KOR_N_FLAG_RULES] = NULL;
}

static void
read_rules(const struct kor_node *node, struct kor_flags *table)
{
    const char *rules[KOR_N_FLAG_RULES + 1],
        *figures[KOR_N_FLAG_FIGURES + 1];
    struct kor_node all = kor_node_need(node, "rules");
    list_rules(rules);
    list_figures(figures);
    kor_node_only(&all, rules);
    for (size_t r = 0; r < KOR_N_FLAG_RULES; r++) {
        struct kor_node rule = kor_node_need(&all, rules[r]);
        kor_node_only(&rule, figures);
        for (size_t f = 0; f < KOR_N_FLAG_FIGURES; f++) {
            table->rules[r][f]
                = kor_node_opt_number(&rule, figures[f], -LARGE, LARGE, NAN);
        }
    }
}

static void
read_table(const struct kor_node *node, struct kor_course_flags *flags)
{
    struct kor_flags *table = &flags->table;
    flags->state = KOR_FLAGS_COUNTED;
    flags->n_halves
        = (uint32_t)kor_node_need_int(node, "halves", 1, UINT32_MAX);
    flags->seed = (uint64_t)kor_node_need_int(node, "seed", 0, SEEDS);
    flags->rc_points = kor_node_need_number(node, "reliable_change", 0,
                                            LARGE);
    table->people = kor_node_need_number(node, "people", 0, LARGE);
    table->outcomes = kor_node_need_number(node, "outcomes", 0, LARGE);
    table->too_short = kor_node_need_number(node, "too_short", 0, LARGE);
    table->no_room = kor_node_need_number(node, "no_room", 0, LARGE);
    read_rules(node, table);
}

void
kor_flags_read(const struct kor_node *node, struct kor_course_flags *flags)
{
    static const char *const keys[]
        = {"none", "halves", "seed", "reliable_change", "people", "outcomes",
           "too_short", "no_room", "rules", "favoured", NULL};
    const char *rules[KOR_N_FLAG_RULES + 1];
    struct kor_node none = kor_node_at(node, "none");
    struct kor_node favoured = kor_node_at(node, "favoured");
    kor_node_only(node, keys);
    if (none.json) {
        flags->state = (enum kor_course_flags_state)(
            KOR_FLAGS_NO_RELIABLE_CHANGE + kor_node_word(&none, reasons));
        return;
    }
    read_table(node, flags);
    flags->has_favoured = favoured.json != NULL;
    if (flags->has_favoured) {
        list_rules(rules);
        flags->favoured
            = (enum kor_flag_rule)kor_node_word(&favoured, rules);
    }
}
