/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words of the access log: see cli/log_words.h. */

#include "cli/log_words.h"

#include <stddef.h>
#include <string.h>

struct word {
    const char *wire;
    const char *text; /* English, to be translated. */
};

static const struct word actions[] = {
    {"open", KOR_N_("opened the episode")},
    {"close", KOR_N_("closed the episode")},
    {"reopen", KOR_N_("opened a new episode")},
    {"handover", KOR_N_("handed the client over")},
    {"handover.all", KOR_N_("handed over all of somebody's clients")},
    {"cover", KOR_N_("arranged or ended a cover")},
    {"supervise", KOR_N_("gave the client another supervisor")},
    {"glass.break", KOR_N_("broke the glass")},
    {"glass.list", KOR_N_("looked at who broke the glass")},
    {"record", KOR_N_("recorded answers")},
    {"correct", KOR_N_("corrected an answer")},
    {"session.set", KOR_N_("mended a session")},
    {"calendar.put", KOR_N_("took in appointments of a calendar")},
    {"calendar.list", KOR_N_("saw the client in a list")},
    {"pathway.move", KOR_N_("moved the episode to another pathway")},
    {"phase.set", KOR_N_("began a phase of the pathway")},
    {"due.list", KOR_N_("saw the client in the list of what is due")},
    {"due.missing", KOR_N_("said why something did not come")},
    {"part.agree", KOR_N_("agreed on parts of the programme")},
    {"part.done", KOR_N_("marked a part of the programme")},
    {"part.list", KOR_N_("looked at the programme")},
    {"seen", KOR_N_("came to the programme")},
    {"group.show", KOR_N_("saw the client in a group")},
    {"group.join", KOR_N_("took the client into a group")},
    {"group.leave", KOR_N_("took the client out of a group")},
    {"meeting.hold", KOR_N_("wrote down a meeting of a group")},
    {"task.add", KOR_N_("wrote down a task of a group")},
    {"task.done", KOR_N_("marked a task of a group as done")},
    {"sheet.answer", KOR_N_("stored a sheet")},
    {"sheet.list", KOR_N_("looked at the list of sheets")},
    {"sheet.show", KOR_N_("looked at a sheet")},
    {"sheet.tick", KOR_N_("ticked a signature or a copy of a sheet")},
    {"goal.add", KOR_N_("wrote down a goal")},
    {"goal.set", KOR_N_("changed a goal")},
    {"goal.progress", KOR_N_("wrote down how far a goal has come")},
    {"goal.list", KOR_N_("looked at the goals")},
    {"theory.set", KOR_N_("wrote down what the client thinks will help")},
    {"label.set", KOR_N_("changed the label")},
    {"contact.set", KOR_N_("changed where the client can be reached")},
    {"contact.show", KOR_N_("looked at where the client can be reached")},
    {"consent.give", KOR_N_("wrote down a consent")},
    {"consent.withdraw", KOR_N_("wrote down that a consent was withdrawn")},
    {"consent.list", KOR_N_("looked at the consents")},
    {"show", KOR_N_("looked at the episode")},
    {"graph", KOR_N_("drew the graph")},
    {"caseload", KOR_N_("saw the client in a list")},
    {"signals", KOR_N_("saw the client in the list of signals")},
    {"since", KOR_N_("was told of a change")},
    {"export", KOR_N_("took out answers in a file")},
    {"import.rows", KOR_N_("took in answers from a file")},
    {"log.of", KOR_N_("looked at who had looked")},
    {"person", KOR_N_("took out everything about the client")},
    {"erase", KOR_N_("erased everything about the client")},
    {"retention", KOR_N_("saw the client in a list")},
    {"account.add", KOR_N_("gave the client an account")},
    {"log-in", KOR_N_("connected")},
    {NULL, NULL},
};

static const struct word roles[] = {
    {"client", KOR_N_("client")},
    {"therapist", KOR_N_("therapist")},
    {"supervisor", KOR_N_("supervisor")},
    {"leader", KOR_N_("leader")},
    {"administrator", KOR_N_("administrator")},
    {"operator", KOR_N_("operator")},
    {"researcher", KOR_N_("researcher")},
    {"auditor", KOR_N_("auditor")},
    {"duty", KOR_N_("duty person")},
    {NULL, NULL},
};

static const struct word grounds[] = {
    {"role", KOR_N_("by the role")},
    {"self", KOR_N_("one's own")},
    {"care", KOR_N_("gives the help")},
    {"cover", KOR_N_("stands in for the therapist")},
    {"supervision", KOR_N_("supervises the help")},
    {"unit", KOR_N_("works for the unit")},
    {"duty", KOR_N_("an answer to talk about now")},
    {"emergency", KOR_N_("in an emergency")},
    {NULL, NULL},
};

static const char *
find(const struct word words[], enum kor_lang lang, const char *wire)
{
    for (const struct word *word = words; word->wire; word++) {
        if (!strcmp(word->wire, wire)) {
            return kor_text(lang, word->text);
        }
    }
    return wire;
}

const char *
cli_log_action(enum kor_lang lang, const char *action)
{
    return find(actions, lang, action);
}

const char *
cli_log_role(enum kor_lang lang, const char *role)
{
    return find(roles, lang, role);
}

const char *
cli_log_ground(enum kor_lang lang, const char *ground)
{
    return find(grounds, lang, ground);
}
