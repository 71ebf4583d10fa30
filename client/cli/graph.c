/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor graph: the picture that therapist and client look at together. */

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/print.h"
#include "kor/base/base64.h"
#include "kor/base/file.h"

/* The format is the ending of the file's name; text without a file. */
static enum kor_code
take_format(struct cli *cli, const char *file, struct kor_msg_graph *graph)
{
    const char *dot = file ? strrchr(file, '.') : ".text";
    if (!dot
        || (file && strcmp(dot, ".svg") && strcmp(dot, ".pdf")
            && strcmp(dot, ".png"))) {
        return kor_fail(&cli->err, KOR_USAGE, "output",
                        "the name of the file must end in .svg, .pdf or "
                        ".png");
    }
    snprintf(graph->format, sizeof graph->format, "%s", dot + 1);
    return KOR_OK;
}

static enum kor_code
take_size(struct cli *cli, const char *file, struct kor_msg_graph *graph)
{
    struct winsize size = {0};
    enum kor_code code = cli_take_int(cli, "width", &graph->width);
    if (code == KOR_OK) {
        code = cli_take_int(cli, "height", &graph->height);
    }
    if (code == KOR_OK && !file && graph->width == KOR_NO_INT) {
        bool is_known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0
                     && size.ws_col >= 40;
        graph->width = !is_known ? 80 : size.ws_col < 160 ? size.ws_col : 160;
    }
    return code;
}

static enum kor_code
take_graph(struct cli *cli, const char *file, struct kor_msg_graph *graph)
{
    enum kor_code code = cli_take_client(cli, graph->code);
    if (code == KOR_OK) {
        code = take_format(cli, file, graph);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "scale", graph->scale, sizeof graph->scale);
    }
    if (code == KOR_OK) {
        code = cli_take_text(cli, "rater", graph->rater, sizeof graph->rater);
    }
    graph->no_neighbours = cli_option(cli, "no-neighbours") != NULL;
    graph->no_band = cli_option(cli, "no-band") != NULL;
    graph->no_alliance = cli_option(cli, "no-alliance") != NULL;
    return code == KOR_OK ? take_size(cli, file, graph) : code;
}

/* Only the clinic's own people are to read a picture: it holds scores. */
static enum kor_code
write_picture(struct cli *cli, const char *file,
              const struct kor_msg_picture *picture)
{
    if (picture->text) {
        return kor_file_write(file, picture->text, strlen(picture->text),
                              0600, &cli->err);
    }
    struct kor_buf bytes = {0};
    enum kor_code code
        = picture->base64 && kor_base64_decode(picture->base64, &bytes)
              ? kor_file_write(file, bytes.text, bytes.size, 0600, &cli->err)
              : kor_fail(&cli->err, KOR_PROTOCOL_ERROR, "base64",
                         "the daemon's answer is not understood: is it of "
                         "another release?");
    kor_buf_done(&bytes);
    return code;
}

enum kor_code
cli_graph(struct cli *cli)
{
    struct kor_msg_graph graph;
    struct kor_msg_picture picture;
    const char *file = cli_option(cli, "output");
    kor_message_init(&kor_message_graph, &graph);
    enum kor_code code = take_graph(cli, file, &graph);
    if (code == KOR_OK) {
        code = cli_ask(cli, KOR_VERB_GRAPH, &graph, &picture);
    }
    if (code != KOR_OK) {
        return code;
    }
    if (cli->is_json) {
        cli_json(&kor_message_picture, &picture);
    } else if (file) {
        code = write_picture(cli, file, &picture);
        if (code == KOR_OK) {
            cli_remark(cli, kor_text(cli->lang, "The graph lies in %s."),
                       file);
        }
    } else {
        fputs(picture.text ? picture.text : "", stdout);
    }
    kor_message_done(&kor_message_picture, &picture);
    return code;
}
