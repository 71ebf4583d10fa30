/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor simulate: made-up people, for trying out. */

#include "lib/simulate.h"

#include <stdio.h>
#include <string.h>

#include "cli/print.h"
#include "kor/base/file.h"

#define DEFAULT_PEOPLE 120
#define DEFAULT_DAYS 730

static enum kor_code
take_simulation(struct cli *cli, struct kor_simulation *wish)
{
    const struct kor_clock *clock = kor_clock_system();
    int64_t seed = 1;
    *wish = (struct kor_simulation){
        .people = DEFAULT_PEOPLE,
        .open = -1,
        .start = KOR_NO_DATE,
        .until = kor_date_at(clock->now_ms(clock))};
    enum kor_code code = cli_want_words(cli, 0, 0);
    if (code == KOR_OK) {
        code = cli_take_int(cli, "people", &wish->people);
    }
    wish->open = wish->people / 4;
    if (code == KOR_OK) {
        code = cli_take_int(cli, "open", &wish->open);
    }
    if (code == KOR_OK) {
        code = cli_take_int(cli, "seed", &seed);
    }
    if (code == KOR_OK) {
        code = cli_take_date(cli, "until", &wish->until);
    }
    wish->start = wish->until - DEFAULT_DAYS;
    if (code == KOR_OK) {
        code = cli_take_date(cli, "start", &wish->start);
    }
    wish->seed = (uint64_t)seed;
    return code;
}

/* The map lies beside the file: made.csv and made.map. */
static enum kor_code
write_files(struct cli *cli, const char *path, const struct kor_buf *csv,
            char *map_path, size_t map_size)
{
    size_t len = strlen(path);
    len -= len > 4 && !strcmp(path + len - 4, ".csv") ? 4 : 0;
    int size = snprintf(map_path, map_size, "%.*s.map", (int)len, path);
    if (size < 0 || (size_t)size >= map_size) {
        return kor_fail(&cli->err, KOR_USAGE, "output",
                        "the name of the file is too long");
    }
    enum kor_code code
        = kor_file_write(path, csv->text, csv->size, 0644, &cli->err);
    return code == KOR_OK
               ? kor_file_write(map_path, kor_simulate_map,
                                strlen(kor_simulate_map), 0644, &cli->err)
               : code;
}

enum kor_code
cli_simulate(struct cli *cli)
{
    struct kor_simulation wish;
    struct kor_buf csv = {0};
    size_t n_sessions;
    char map_path[1024];
    const char *path = cli_option(cli, "output");
    path = path ? path : "simulated.csv";
    enum kor_code code = take_simulation(cli, &wish);
    if (code == KOR_OK) {
        code = kor_simulate(&wish, &csv, &n_sessions, &cli->err);
    }
    if (code == KOR_OK) {
        code = write_files(cli, path, &csv, map_path, sizeof map_path);
    }
    if (code == KOR_OK) {
        cli_remark(cli,
                   kor_text(cli->lang,
                            "Made up: %lld people, %lld of them still open, "
                            "with %zu sessions, in %s. Nobody is behind "
                            "these numbers."),
                   (long long)wish.people, (long long)wish.open, n_sessions,
                   path);
        cli_remark(cli,
                   kor_text(cli->lang, "Take them in with: kor import %s "
                                       "--map %s --made-up"),
                   path, map_path);
    }
    kor_buf_done(&csv);
    return code;
}
