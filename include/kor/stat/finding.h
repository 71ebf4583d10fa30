/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_FINDING_H
#define KOR_STAT_FINDING_H 1

#include <stdbool.h>

/* Findings: what repeated scores say, as a set of bits in an unsigned int.
 * finding.def is the one list of them.
 *
 * The wire words are for programs; the texts are English, the keys of the
 * translations. */
enum kor_finding {
#define KOR_FINDING(name, bit, wire, asks, text)                              \
    KOR_FINDING_##name = 1 << (bit),
#include "kor/stat/finding.def"
#undef KOR_FINDING
};

enum {
#define KOR_FINDING(name, bit, wire, asks, text) +1
    KOR_N_FINDINGS = 0
#include "kor/stat/finding.def"
#undef KOR_FINDING
};

/* All findings, the most pressing first: kor_findings[0 .. KOR_N_FINDINGS). */
extern const enum kor_finding kor_findings[];

/* Whether 'finding' (one bit) asks for an answer. */
bool kor_finding_asks(enum kor_finding finding);

/* Those of the set 'findings' that ask for an answer. */
unsigned kor_findings_asking(unsigned findings);

/* The word on the wire for 'finding' (one bit); never null. */
const char *kor_finding_wire(enum kor_finding finding);

/* The text for 'finding' (one bit), English, to be translated; never null. */
const char *kor_finding_text(enum kor_finding finding);

/* Stores in '*finding' the one that 'wire' stands for; false if there is
 * none. */
bool kor_finding_from(const char *wire, enum kor_finding *finding);

/* Where the last score stands against the expected course. */
enum kor_standing {
    KOR_STANDING_UNKNOWN,  /* Not said; enum kor_unsaid has the reason. */
    KOR_STANDING_EXPECTED, /* Within the expected range, ends included. */
    KOR_STANDING_BETTER,   /* Beyond its good end. */
    KOR_STANDING_LESS      /* Beyond its other end, or marked. */
};

/* Why no standing is given. */
enum kor_unsaid {
    KOR_UNSAID_NOTHING,     /* There is a standing. */
    KOR_UNSAID_NO_START,    /* No score by session 2. */
    KOR_UNSAID_TOO_EARLY,   /* No score after the start score yet. */
    KOR_UNSAID_NO_COURSE,   /* No course, or its band is switched off. */
    KOR_UNSAID_FEW_BEHIND,  /* The course has too few people behind it. */
    KOR_UNSAID_UNSUPPORTED, /* The course does not reach to this time. */
    KOR_UNSAID_HELD_BACK    /* An attention answer is open or was not seen, or
                               the score is reliably worse: no reassurance. */
};

/* The word on the wire: "unknown", "as-expected", "better" or "less". */
const char *kor_standing_wire(enum kor_standing standing);

/* The text for it, English, to be translated; never null. */
const char *kor_standing_text(enum kor_standing standing);

/* Stores in '*standing' the one that 'wire' stands for; false if there is
 * none. */
bool kor_standing_from(const char *wire, enum kor_standing *standing);

/* The word on the wire: "", "no-start", "too-early", "no-course",
 * "few-behind", "unsupported" or "held-back". */
const char *kor_unsaid_wire(enum kor_unsaid why);

/* The text for it, English, to be translated; never null. */
const char *kor_unsaid_text(enum kor_unsaid why);

/* Stores in '*why' the one that 'wire' stands for; false if there is none. */
bool kor_unsaid_from(const char *wire, enum kor_unsaid *why);

#endif /* kor/stat/finding.h */
