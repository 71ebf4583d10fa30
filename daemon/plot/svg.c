/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SVG with a title: see plot/svg.h. */

#include "plot/svg.h"

#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/buf.h"
#include "kor/base/err.h"
#include "kor/base/utf8.h"

/* Adds 'text' as XML. */
static void
add_escaped(struct kor_buf *out, const char *text)
{
    size_t size = strlen(text) + 1;
    char *clean = kor_alloc(size);
    kor_utf8_copy(clean, size, text);
    for (const char *c = clean; *c; c++) {
        switch (*c) {
        case '&':
            kor_buf_puts(out, "&amp;");
            break;
        case '<':
            kor_buf_puts(out, "&lt;");
            break;
        case '>':
            kor_buf_puts(out, "&gt;");
            break;
        default:
            kor_buf_putc(out, *c);
        }
    }
    free(clean);
}

static void
add_head(struct kor_buf *out, const char *title, const char *description)
{
    kor_buf_puts(out, "<title id=\"kor-title\">");
    add_escaped(out, title);
    kor_buf_puts(out, "</title>\n<desc id=\"kor-desc\">");
    add_escaped(out, description);
    kor_buf_puts(out, "</desc>");
}

/* Adds 'from' up to 'end' without the names of gnuplot's plots, which a
 * browser would show when the pointer rests on a line. */
static void
add_without_titles(struct kor_buf *out, const char *from, const char *end)
{
    static const char opening[] = "<title>";
    static const char closing[] = "</title>";
    const char *cut;
    const char *rest;
    while ((cut = strstr(from, opening)) && (rest = strstr(cut, closing))) {
        kor_buf_add(out, from, (size_t)(cut - from));
        from = rest + strlen(closing);
    }
    kor_buf_add(out, from, (size_t)(end - from));
}

enum kor_code
kor_plot_svg_finish(const struct kor_buf *raw, const char *title,
                    const char *description, struct kor_buf *out,
                    struct kor_err *err)
{
    static const char root[] = "<svg";
    static const char desc_end[] = "</desc>";
    const char *text = kor_buf_text(raw);
    const char *svg = strstr(text, root);
    const char *head = svg ? strstr(svg, "<title>") : NULL;
    const char *body = head ? strstr(head, desc_end) : NULL;
    const char *end = body ? strstr(body, "</svg>") : NULL;
    if (!end || strlen(text) != raw->size) {
        return kor_fail(err, KOR_IO, NULL,
                        "the drawing program wrote something else than a "
                        "picture; see which version of gnuplot is installed");
    }
    svg += strlen(root);
    kor_buf_add(out, text, (size_t)(svg - text));
    kor_buf_puts(out, " role=\"img\" aria-labelledby=\"kor-title kor-desc\"");
    kor_buf_add(out, svg, (size_t)(head - svg));
    add_head(out, title, description);
    add_without_titles(out, body + strlen(desc_end), text + raw->size);
    return KOR_OK;
}
