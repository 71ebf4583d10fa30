/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The journal: see kor/base/log.h. */

#include "kor/base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kor/base/utf8.h"

static atomic_int threshold = KOR_LOG_INFO;

void
kor_log_set(enum kor_log_level level)
{
    threshold = (int)level;
}

void
kor_log(enum kor_log_level level, const char *format, ...)
{
    if ((int)level > threshold) {
        return;
    }
    char text[1024], clean[1024], line[1100];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    kor_utf8_copy(clean, sizeof clean, text);
    int size = isatty(STDERR_FILENO)
                   ? snprintf(line, sizeof line, "kor: %s\n", clean)
                   : snprintf(line, sizeof line, "<%d>%s\n", (int)level,
                              clean);
    /* A journal that cannot be written to is nobody's to tell. */
    ssize_t ignored = write(STDERR_FILENO, line, (size_t)size);
    (void)ignored;
}

int
kor_log_level_from(const char *name)
{
    static const char *const names[] = {"error", "warning", "notice", "info",
                                        "debug"};
    for (int i = 0; i < (int)KOR_LENGTH(names); i++) {
        if (!strcmp(name, names[i])) {
            return KOR_LOG_ERROR + i;
        }
    }
    return -1;
}
