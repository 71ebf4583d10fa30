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

/* If 'what' begins at 'from' puts 'instead' there, and returns what follows;
 * else returns null. */
static const char *
replaced(struct kor_buf *out, const char *from, const char *what,
         const char *instead)
{
    size_t size = strlen(what);
    if (strncmp(from, what, size) != 0) {
        return NULL;
    }
    kor_buf_puts(out, instead);
    return from + size;
}

/* Adds 'text' without the names of gnuplot's plots, which a browser would show
 * when the pointer rests on a line, and with bold letters as SVG has them:
 * neither can come from our data, in which '<' and '"' do not occur.  "]]>",
 * which gnuplot leaves as it is, may not stand in XML. */
static void
add_body(struct kor_buf *out, const char *text)
{
    static const char closing[] = "</title>";
    while (*text) {
        const char *end = strstr(text, closing);
        const char *rest;
        if (end && (rest = replaced(out, text, "<title>", ""))) {
            text = end + strlen(closing);
        } else if ((rest = replaced(out, text, ":Bold\"",
                                    "\" font-weight=\"bold\""))) {
            text = rest;
        } else if ((rest = replaced(out, text, "]]>", "]]&gt;"))) {
            text = rest;
        } else {
            size_t size = 1 + strcspn(text + 1, "<:]");
            kor_buf_add(out, text, size);
            text += size;
        }
    }
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
    add_body(out, body + strlen(desc_end));
    return KOR_OK;
}
