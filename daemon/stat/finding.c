/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Findings and standings as words: see kor/stat/finding.h. */

#include "kor/stat/finding.h"

#include <stddef.h>
#include <string.h>

#include "kor/base/compiler.h"
#include "kor/base/text.h"

const enum kor_finding kor_findings[] = {
#define KOR_FINDING(name, bit, wire, asks, text) KOR_FINDING_##name,
#include "kor/stat/finding.def"
#undef KOR_FINDING
};

struct words {
    const char *wire;
    const char *text;
};

static const struct words finding_words[] = {
#define KOR_FINDING(name, bit, wire, asks, text) {wire, text},
#include "kor/stat/finding.def"
#undef KOR_FINDING
};

static const unsigned asking = 0
#define KOR_FINDING(name, bit, wire, asks, text) | ((asks) << (bit))
#include "kor/stat/finding.def"
#undef KOR_FINDING
    ;

static const struct words standing_words[] = {
    [KOR_STANDING_UNKNOWN] = {"unknown", KOR_N_("no standing")},
    [KOR_STANDING_EXPECTED] = {"as-expected", KOR_N_("as expected")},
    [KOR_STANDING_BETTER] = {"better", KOR_N_("more change than expected")},
    [KOR_STANDING_LESS] = {"less", KOR_N_("less change than expected")},
};

static const struct words unsaid_words[] = {
    [KOR_UNSAID_NOTHING] = {"", ""},
    [KOR_UNSAID_NO_START]
    = {"no-start", KOR_N_("there is no start score: none was given in time")},
    [KOR_UNSAID_TOO_EARLY] = {"too-early", KOR_N_("too early to say")},
    [KOR_UNSAID_NO_COURSE]
    = {"no-course",
       KOR_N_("no expected course: held against reliable change only")},
    [KOR_UNSAID_FEW_BEHIND]
    = {"few-behind", KOR_N_("too few people behind the expected course: held "
                            "against reliable change only")},
    [KOR_UNSAID_UNSUPPORTED]
    = {"unsupported",
       KOR_N_("the expected course does not reach to this time")},
    [KOR_UNSAID_HELD_BACK]
    = {"held-back", KOR_N_("talk first about what asks for an answer")},
};

static size_t
find(const struct words words[], size_t n, const char *wire)
{
    size_t i = 0;
    while (i < n && strcmp(words[i].wire, wire)) {
        i++;
    }
    return i;
}

bool
kor_finding_asks(enum kor_finding finding)
{
    return (asking & finding) != 0;
}

unsigned
kor_findings_asking(unsigned findings)
{
    return findings & asking;
}

/* Words of 'finding'; empty ones if it is none. */
static const struct words *
words_of(enum kor_finding finding)
{
    static const struct words none = {"", ""};
    for (size_t i = 0; i < KOR_LENGTH(kor_findings); i++) {
        if (kor_findings[i] == finding) {
            return &finding_words[i];
        }
    }
    return &none;
}

const char *
kor_finding_wire(enum kor_finding finding)
{
    return words_of(finding)->wire;
}

const char *
kor_finding_text(enum kor_finding finding)
{
    return words_of(finding)->text;
}

bool
kor_finding_from(const char *wire, enum kor_finding *finding)
{
    size_t i = find(finding_words, KOR_LENGTH(finding_words), wire);
    if (i == KOR_LENGTH(finding_words)) {
        return false;
    }
    *finding = kor_findings[i];
    return true;
}

const char *
kor_standing_wire(enum kor_standing standing)
{
    return standing_words[standing].wire;
}

const char *
kor_standing_text(enum kor_standing standing)
{
    return standing_words[standing].text;
}

bool
kor_standing_from(const char *wire, enum kor_standing *standing)
{
    size_t i = find(standing_words, KOR_LENGTH(standing_words), wire);
    if (i == KOR_LENGTH(standing_words)) {
        return false;
    }
    *standing = (enum kor_standing)i;
    return true;
}

const char *
kor_unsaid_wire(enum kor_unsaid why)
{
    return unsaid_words[why].wire;
}

const char *
kor_unsaid_text(enum kor_unsaid why)
{
    return unsaid_words[why].text;
}

bool
kor_unsaid_from(const char *wire, enum kor_unsaid *why)
{
    size_t i = find(unsaid_words, KOR_LENGTH(unsaid_words), wire);
    if (i == KOR_LENGTH(unsaid_words)) {
        return false;
    }
    *why = (enum kor_unsaid)i;
    return true;
}
