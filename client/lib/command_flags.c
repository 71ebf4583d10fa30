/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The options of all commands, as one flat table: see client/lib/command.h. */

#include "lib/command.h"

#define ANY KOR_COMMAND_ANY
#define OF(command) KOR_COMMAND_##command

/* What several of the 'stat' commands take. */
#define LONG_FORM(command)                                                    \
    {command, 0, "id", "COL", KOR_N_("column that tells people apart")},      \
    {command, 0, "time", "COL", KOR_N_("column of the time")},                \
    {command, 0, "score", "COL", KOR_N_("column of the score")}
#define UNIQUE_ID(command)                                                    \
    {command, 0, "id", "COL", KOR_N_("refuse a file in which an id comes twice")}
#define TIME_FUNCTION(command)                                                \
    {command, 0, "f", "WORD",                                                 \
     KOR_N_("log (default), log1p or identity of the time")}
#define MODEL(command)                                                        \
    TIME_FUNCTION(command),                                                   \
    {command, 0, "method", "WORD", KOR_N_("reml (default) or ml")},           \
    {command, 0, "covariate", "COL...",                                       \
     KOR_N_("columns that say something of the person")}
#define GIVEN_INTAKE(command)                                                 \
    {command, 0, "given-intake", NULL,                                        \
     KOR_N_("the start score is given, not fitted")}
#define COURSE(command)                                                       \
    {command, 0, "course", "FILE",                                            \
     KOR_N_("a course from 'kor stat fit --save'")}
#define SCALE(command)                                                        \
    {command, 0, "min", "X", KOR_N_("lowest score that there is")},           \
    {command, 0, "max", "X", KOR_N_("highest score that there is")}
#define LEVEL(command)                                                        \
    {command, 0, "level", "P", KOR_N_("share within the interval; else 0.8")}
#define LEVEL_95(command)                                                     \
    {command, 0, "level", "P", KOR_N_("level of the intervals; else 0.95")}
#define HALVES(command)                                                       \
    {command, 0, "halves", "N",                                               \
     KOR_N_("fit on random halves and look at the other half")},              \
    {command, 0, "seed", "N", KOR_N_("of the halves; else 1")}
#define BY_SESSION(command)                                                   \
    {command, 0, "id", "COL", KOR_N_("column that tells people apart")},      \
    {command, 0, "time", "COL", KOR_N_("column of the session number")},      \
    {command, 0, "score", "COL", KOR_N_("column of the score")}
#define DIRECTION(command)                                                    \
    {command, 0, "lower-is-better", NULL,                                     \
     KOR_N_("low scores are good (default)")},                                \
    {command, 0, "higher-is-better", NULL, KOR_N_("high scores are good")}
#define DIRECTION_OF_ALLIANCE(command)                                        \
    {command, 0, "higher-is-better", NULL,                                    \
     KOR_N_("high scores are good (default)")},                               \
    {command, 0, "lower-is-better", NULL, KOR_N_("low scores are good")}

const struct kor_flag kor_flags[] = {
    {ANY, 0, "at", "DIR", KOR_N_("folder of the clinic, with client.ini")},
    {ANY, 0, "key", "FILE", KOR_N_("a key file other than client.ini names")},
    {ANY, 0, "lang", "LANG", KOR_N_("language: nb, sv or en")},
    {ANY, 0, "json", NULL, KOR_N_("print the answer as JSON, a line each")},
    {ANY, 0, "quiet", NULL, KOR_N_("no remarks, only what was asked for")},
    {ANY, 'h', "help", NULL, KOR_N_("help on kor, or on the command")},

    {OF(OPEN), 0, "code", "CODE", KOR_N_("a code that the client has got")},
    {OF(OPEN), 0, "pathway", "NAME", KOR_N_("pathway; else the clinic's own")},
    {OF(OPEN), 0, "unit", "NAME", KOR_N_("unit; else the clinic's own")},
    {OF(OPEN), 0, "therapist", "NAME", KOR_N_("therapist; else yourself")},
    {OF(OPEN), 0, "born", "YYYY-MM", KOR_N_("birth month")},
    {OF(OPEN), 0, "gender", "WORD", KOR_N_("female, male or other")},
    {OF(OPEN), 0, "date", "DATE", KOR_N_("first day; else today")},
    {OF(OPEN), 0, "planned-end", "DATE",
     KOR_N_("day on which it is planned to end")},

    {OF(CLOSE), 0, "ending", "WORD", KOR_N_("planned or unplanned")},
    {OF(CLOSE), 0, "reason", "TEXT", KOR_N_("why, without names")},
    {OF(CLOSE), 0, "date", "DATE", KOR_N_("last day; else today")},

    {OF(REOPEN), 0, "pathway", "NAME", KOR_N_("pathway; else as before")},
    {OF(REOPEN), 0, "therapist", "NAME", KOR_N_("therapist; else as before")},
    {OF(REOPEN), 0, "date", "DATE", KOR_N_("first day; else today")},

    {OF(SHOW), 0, "episode", "N", KOR_N_("which episode; else the last")},

    {OF(RECORD), 0, "total", "T", KOR_N_("the total, in place of the items")},
    {OF(RECORD), 0, "session", "N",
     KOR_N_("session; else that of the date, or the next")},
    {OF(RECORD), 0, "date", "DATE", KOR_N_("date of the session; else today")},
    {OF(RECORD), 0, "rater", "WORD", KOR_N_("who answered; else the client")},
    {OF(RECORD), 0, "status", "WORD",
     KOR_N_("held, cancelled-client|late|clinic, not-attended")},
    {OF(RECORD), 0, "mode", "WORD",
     KOR_N_("room, phone, video, home or net")},
    {OF(RECORD), 0, "how", "WORD",
     KOR_N_("self, aloud, interpreter or helped")},
    {OF(RECORD), 0, "form-language", "LANG",
     KOR_N_("language of the form; else the clinic's")},

    {OF(CORRECT), 0, "session", "N", KOR_N_("session that holds the answer")},
    {OF(CORRECT), 0, "reason", "TEXT", KOR_N_("why, without names")},
    {OF(CORRECT), 0, "rater", "WORD", KOR_N_("who answered; else the client")},
    {OF(CORRECT), 0, "total", "T", KOR_N_("the total, in place of the items")},
    {OF(CORRECT), 0, "wrong-client", "CODE",
     KOR_N_("the client to whom the answer belongs")},
    {OF(CORRECT), 0, "yes", NULL, KOR_N_("do not ask whether that is meant")},

    {OF(GRAPH), 'o', "output", "FILE",
     KOR_N_("a .svg, .pdf or .png; else on the terminal")},
    {OF(GRAPH), 0, "episode", "N", KOR_N_("which episode; else the last")},
    {OF(GRAPH), 0, "scale", "SCALE",
     KOR_N_("which scale; else the lead scale")},
    {OF(GRAPH), 0, "rater", "WORD",
     KOR_N_("whose answers; else the client's")},
    {OF(GRAPH), 0, "width", "N", KOR_N_("points, or columns on the terminal")},
    {OF(GRAPH), 0, "height", "N", KOR_N_("points, or lines on the terminal")},
    {OF(GRAPH), 0, "no-band", NULL, KOR_N_("without the expected course")},
    {OF(GRAPH), 0, "no-alliance", NULL, KOR_N_("without the alliance")},
    {OF(GRAPH), 0, "no-neighbours", NULL,
     KOR_N_("without the most alike episodes")},

    {OF(CASELOAD), 0, "therapist", "NAME",
     KOR_N_("only this therapist's clients")},
    {OF(SIGNALS), 0, "therapist", "NAME",
     KOR_N_("only this therapist's clients")},

    {OF(CLINIC), 0, "from", "DATE", KOR_N_("from this date on")},
    {OF(CLINIC), 0, "to", "DATE", KOR_N_("up to this date")},

    {OF(PERSON), 0, "out", "DIR", KOR_N_("folder for the files; it is made")},
    {OF(PERSON), 0, "asked", "TEXT",
     KOR_N_("who asked for it, and why, without names")},
    {OF(ERASE), 0, "reason", "TEXT", KOR_N_("why, without names")},
    {OF(ERASE), 0, "yes", NULL, KOR_N_("do not ask whether that is meant")},
    {OF(RETENTION), 0, "before", "DATE",
     KOR_N_("nothing was entered on this date or later")},
    {OF(RETENTION), 0, "erase", NULL, KOR_N_("erase them; else only list")},
    {OF(RETENTION), 0, "reason", "TEXT", KOR_N_("why, without names")},
    {OF(RETENTION), 0, "yes", NULL,
     KOR_N_("do not ask whether that is meant")},
    {OF(LOG_VERIFY), 0, "anchor", "SEQ:HASH",
     KOR_N_("an anchor from the journal, to be held against it")},
    {OF(LOG_REVIEW), 0, "rows", "N", KOR_N_("how many; else 20")},
    {OF(LOG_REVIEW), 0, "from", "DATE", KOR_N_("else the last 30 days")},
    {OF(LOG_REVIEW), 0, "to", "DATE", KOR_N_("up to this date")},
    {OF(LOG_REVIEWED), 0, "finding", "TEXT",
     KOR_N_("what was found, without names")},
    {OF(LOG_CUT), 0, "before", "DATE",
     KOR_N_("rows before this date go; five years are kept")},
    {OF(LOG_CUT), 0, "yes", NULL, KOR_N_("do not ask whether that is meant")},

    {OF(IMPORT), 0, "map", "FILE", KOR_N_("which column is what")},
    {OF(IMPORT), 0, "dry-run", NULL, KOR_N_("check and count, send nothing")},
    {OF(IMPORT), 0, "made-up", NULL, KOR_N_("the people are made up")},
    {OF(IMPORT), 0, "codes", "FILE",
     KOR_N_("write who got which code into this file")},

    {OF(COURSE_FIT), 0, "pathway", "NAME",
     KOR_N_("only episodes of this pathway")},
    {OF(COURSE_FIT), 0, "rater", "WORD",
     KOR_N_("whose answers; else the client's")},
    {OF(COURSE_FIT), 0, "method", "WORD", KOR_N_("reml (default) or ml")},
    {OF(COURSE_FIT), 0, "f", "WORD",
     KOR_N_("log of the session (default), or log1p of weeks")},
    {OF(COURSE_FIT), 0, "reference", "ID",
     KOR_N_("a stored course to lean on at first")},
    {OF(COURSE_ADD), 0, "source", "TEXT",
     KOR_N_("whose episodes it was fitted to")},
    {OF(COURSE_USE), 0, "off", NULL, KOR_N_("stop using it")},

    LONG_FORM(OF(STAT_FIT)),
    MODEL(OF(STAT_FIT)),
    GIVEN_INTAKE(OF(STAT_FIT)),
    DIRECTION(OF(STAT_FIT)),
    SCALE(OF(STAT_FIT)),
    {OF(STAT_FIT), 0, "save", "FILE", KOR_N_("write a course into this file")},
    {OF(STAT_FIT), 0, "reference", "FILE",
     KOR_N_("a course from elsewhere that helps out at first")},

    LONG_FORM(OF(STAT_PERSON)),
    DIRECTION(OF(STAT_PERSON)),
    MODEL(OF(STAT_PERSON)),
    GIVEN_INTAKE(OF(STAT_PERSON)),
    COURSE(OF(STAT_PERSON)),

    LONG_FORM(OF(STAT_FORECAST)),
    MODEL(OF(STAT_FORECAST)),
    GIVEN_INTAKE(OF(STAT_FORECAST)),
    COURSE(OF(STAT_FORECAST)),
    DIRECTION(OF(STAT_FORECAST)),
    SCALE(OF(STAT_FORECAST)),
    {OF(STAT_FORECAST), 0, "at", "T", KOR_N_("the time to forecast")},
    {OF(STAT_FORECAST), 0, "after", "T",
     KOR_N_("from the scores up to this time")},
    LEVEL(OF(STAT_FORECAST)),
    {OF(STAT_FORECAST), 0, "reliable-change", "X",
     KOR_N_("points of change that are reliable")},
    {OF(STAT_FORECAST), 0, "cutoff", "X", KOR_N_("the cut-off")},

    LONG_FORM(OF(STAT_BANDS)),
    DIRECTION(OF(STAT_BANDS)),
    MODEL(OF(STAT_BANDS)),
    SCALE(OF(STAT_BANDS)),
    {OF(STAT_BANDS), 0, "cuts", "X...",
     KOR_N_("lowest start score of each band")},
    LEVEL(OF(STAT_BANDS)),

    LONG_FORM(OF(STAT_CALIBRATE)),
    MODEL(OF(STAT_CALIBRATE)),
    COURSE(OF(STAT_CALIBRATE)),
    DIRECTION(OF(STAT_CALIBRATE)),
    SCALE(OF(STAT_CALIBRATE)),
    {OF(STAT_CALIBRATE), 0, "sessions", "FROM-TO",
     KOR_N_("only these sessions")},
    HALVES(OF(STAT_CALIBRATE)),
    {OF(STAT_CALIBRATE), 0, "level", "X", KOR_N_("0.8 (default) or 0.68")},
    {OF(STAT_CALIBRATE), 0, "normal", NULL,
     KOR_N_("the model's own range, not calibrated")},

    LONG_FORM(OF(STAT_FLAGS)),
    TIME_FUNCTION(OF(STAT_FLAGS)),
    {OF(STAT_FLAGS), 0, "method", "WORD", KOR_N_("reml (default) or ml")},
    COURSE(OF(STAT_FLAGS)),
    DIRECTION(OF(STAT_FLAGS)),
    SCALE(OF(STAT_FLAGS)),
    HALVES(OF(STAT_FLAGS)),
    {OF(STAT_FLAGS), 0, "reliable-change", "X",
     KOR_N_("points of change that are reliable")},
    {OF(STAT_FLAGS), 0, "operator", "WORD",
     KOR_N_("ge (default) or gt: reliable at just that change")},
    {OF(STAT_FLAGS), 0, "final", "WORD",
     KOR_N_("score that is the outcome: last")},
    {OF(STAT_FLAGS), 0, "outcome", "WORD",
     KOR_N_("to foretell: not-better (default) or worse")},
    {OF(STAT_FLAGS), 0, "session", "L",
     KOR_N_("when raw change is looked at; else 4")},
    {OF(STAT_FLAGS), 0, "share", "X",
     KOR_N_("of the reliable change, wanted by then; else 0.5")},
    {OF(STAT_FLAGS), 0, "chance", "P",
     KOR_N_("flag a forecast below this chance; else 0.5")},
    {OF(STAT_FLAGS), 0, "horizon", "T",
     KOR_N_("time of that forecast; else the last")},
    {OF(STAT_FLAGS), 0, "colour", "WORD",
     KOR_N_("flag from red (default) or yellow on")},

    LONG_FORM(OF(STAT_NEIGHBOURS)),
    DIRECTION(OF(STAT_NEIGHBOURS)),
    TIME_FUNCTION(OF(STAT_NEIGHBOURS)),
    {OF(STAT_NEIGHBOURS), 0, "covariate", "COL...",
     KOR_N_("columns that say something of the person")},
    {OF(STAT_NEIGHBOURS), 0, "person", "ID",
     KOR_N_("whom others are to be like")},
    {OF(STAT_NEIGHBOURS), 0, "k", "K", KOR_N_("how many people; else 20")},
    {OF(STAT_NEIGHBOURS), 0, "after", "T",
     KOR_N_("by the scores up to this time; else the first")},
    LEVEL(OF(STAT_NEIGHBOURS)),
    SCALE(OF(STAT_NEIGHBOURS)),

    BY_SESSION(OF(STAT_GAINS)),
    DIRECTION(OF(STAT_GAINS)),
    {OF(STAT_GAINS), 0, "threshold", "X",
     KOR_N_("points that a sudden change has at least")},
    {OF(STAT_GAINS), 0, "rule", "WORD",
     KOR_N_("third rule: literature (default) or ttest")},
    {OF(STAT_GAINS), 0, "losses", NULL,
     KOR_N_("sudden losses; else sudden gains")},
    {OF(STAT_GAINS), 0, "share", "X",
     KOR_N_("share of the score before; else 0.25")},
    {OF(STAT_GAINS), 0, "origin", "X",
     KOR_N_("score that the share is counted from; else 0")},
    {OF(STAT_GAINS), 0, "sessions", "FROM-TO", KOR_N_("only these sessions")},
    {OF(STAT_GAINS), 0, "small", "X",
     KOR_N_("also those that beat the own last three by X")},

    BY_SESSION(OF(STAT_RUPTURE)),
    DIRECTION_OF_ALLIANCE(OF(STAT_RUPTURE)),
    {OF(STAT_RUPTURE), 0, "cutoff", "X", KOR_N_("worse than this is low")},
    {OF(STAT_RUPTURE), 0, "drop", "X",
     KOR_N_("a fall of X points from the score before")},
    {OF(STAT_RUPTURE), 0, "chart", NULL,
     KOR_N_("beyond the limit of a control chart")},
    {OF(STAT_RUPTURE), 0, "repair", "N",
     KOR_N_("sessions in which it may come back; else 5")},
    {OF(STAT_RUPTURE), 0, "min", "X", KOR_N_("lowest score of the scale")},
    {OF(STAT_RUPTURE), 0, "max", "X", KOR_N_("highest score of the scale")},

    BY_SESSION(OF(STAT_ANSWERING)),
    DIRECTION_OF_ALLIANCE(OF(STAT_ANSWERING)),
    {OF(STAT_ANSWERING), 0, "max", "X", KOR_N_("highest score of the scale")},
    {OF(STAT_ANSWERING), 0, "min", "X",
     KOR_N_("lowest score of the scale; else 0")},
    {OF(STAT_ANSWERING), 0, "step", "X",
     KOR_N_("points of a large step; else 6")},
    {OF(STAT_ANSWERING), 0, "run", "N",
     KOR_N_("equal scores in a row that are flat; else 5")},

    LONG_FORM(OF(STAT_CHANGE)),
    TIME_FUNCTION(OF(STAT_CHANGE)),
    DIRECTION(OF(STAT_CHANGE)),
    {OF(STAT_CHANGE), 0, "pre", "COL",
     KOR_N_("first scores, in place of --time and --score")},
    {OF(STAT_CHANGE), 0, "post", "COL", KOR_N_("last scores")},
    {OF(STAT_CHANGE), 0, "method", "WORD",
     KOR_N_("jt (default), gln, hll, en, nk, ha, hlm or all")},
    {OF(STAT_CHANGE), 0, "reliability", "R",
     KOR_N_("reliability of a score, from 0 to below 1")},
    {OF(STAT_CHANGE), 0, "reliability-post", "R",
     KOR_N_("that of last scores; else the same")},
    {OF(STAT_CHANGE), 0, "rc", "POINTS",
     KOR_N_("this change is reliable, in place of --reliability")},
    {OF(STAT_CHANGE), 0, "critical", "Z",
     KOR_N_("critical value; else 1.96, for ha 1.65")},
    {OF(STAT_CHANGE), 0, "norm-mean", "M",
     KOR_N_("mean of people who are not in treatment")},
    {OF(STAT_CHANGE), 0, "norm-sd", "SD",
     KOR_N_("their standard deviation")},
    {OF(STAT_CHANGE), 0, "intake-mean", "M",
     KOR_N_("mean of first scores; else that of the file")},
    {OF(STAT_CHANGE), 0, "intake-sd", "SD",
     KOR_N_("their standard deviation; else that of the file")},
    {OF(STAT_CHANGE), 0, "last-mean", "M",
     KOR_N_("for hll: last mean to expect without change")},
    {OF(STAT_CHANGE), 0, "cut", "WORD",
     KOR_N_("cut-off a, b or c (default) from the two groups")},
    {OF(STAT_CHANGE), 0, "cutoff", "POINTS",
     KOR_N_("this cut-off, in place of a norm")},
    {OF(STAT_CHANGE), 0, "operator", "WORD",
     KOR_N_("gt (default) or ge: does the limit itself count")},
    {OF(STAT_CHANGE), 0, "start-operator", "WORD",
     KOR_N_("the same for a first score at the cut-off")},
    {OF(STAT_CHANGE), 0, "each", NULL,
     KOR_N_("list class and index of each person")},

    {OF(STAT_PAIR), 0, "pre1", "COL", KOR_N_("first scores on scale 1")},
    {OF(STAT_PAIR), 0, "post1", "COL", KOR_N_("last scores on scale 1")},
    {OF(STAT_PAIR), 0, "pre2", "COL", KOR_N_("first scores on scale 2")},
    {OF(STAT_PAIR), 0, "post2", "COL", KOR_N_("last scores on scale 2")},
    {OF(STAT_PAIR), 0, "sessions", "COL",
     KOR_N_("sessions attended; fewer than two are not counted")},
    {OF(STAT_PAIR), 0, "case1", "POINTS",
     KOR_N_("caseness on scale 1; else 10, as PHQ-9")},
    {OF(STAT_PAIR), 0, "rc1", "POINTS",
     KOR_N_("reliable change on scale 1; else 6, as PHQ-9")},
    {OF(STAT_PAIR), 0, "max1", "POINTS",
     KOR_N_("highest score on scale 1; else 27, as PHQ-9")},
    {OF(STAT_PAIR), 0, "case2", "POINTS",
     KOR_N_("caseness on scale 2; else 8, as GAD-7")},
    {OF(STAT_PAIR), 0, "rc2", "POINTS",
     KOR_N_("reliable change on scale 2; else 4, as GAD-7")},
    {OF(STAT_PAIR), 0, "max2", "POINTS",
     KOR_N_("highest score on scale 2; else 21, as GAD-7")},
    {OF(STAT_PAIR), 0, "operator", "WORD",
     KOR_N_("ge (default) or gt: reliable at just that change")},
    {OF(STAT_PAIR), 0, "case-operator", "WORD",
     KOR_N_("ge (default) or gt: at caseness at just that score")},
    LEVEL_95(OF(STAT_PAIR)),
    DIRECTION(OF(STAT_PAIR)),

    LONG_FORM(OF(STAT_EFFECT)),
    DIRECTION(OF(STAT_EFFECT)),
    {OF(STAT_EFFECT), 0, "pre", "COL",
     KOR_N_("first scores, in place of --time and --score")},
    {OF(STAT_EFFECT), 0, "post", "COL", KOR_N_("last scores")},
    {OF(STAT_EFFECT), 0, "sd", "SD",
     KOR_N_("a published standard deviation, for one more size")},
    {OF(STAT_EFFECT), 0, "cutoff", "POINTS",
     KOR_N_("adjust for the start score, clinical side")},
    {OF(STAT_EFFECT), 0, "start-operator", "WORD",
     KOR_N_("gt (default) or ge: clinical at just that score")},
    {OF(STAT_EFFECT), 0, "reference", "FILE",
     KOR_N_("adjust against these people, not the file's")},
    {OF(STAT_EFFECT), 0, "level", "P",
     KOR_N_("level of the intervals; else 0.95")},
    {OF(STAT_EFFECT), 0, "each", NULL, KOR_N_("list the size of each person")},

    UNIQUE_ID(OF(STAT_THERAPISTS)),
    {OF(STAT_THERAPISTS), 0, "score", "COL",
     KOR_N_("column of the score; a row is a person")},
    {OF(STAT_THERAPISTS), 0, "group", "COL",
     KOR_N_("column of the therapist or unit")},
    {OF(STAT_THERAPISTS), 0, "covariate", "COL...",
     KOR_N_("columns to adjust for, as the start score")},
    {OF(STAT_THERAPISTS), 0, "level", "P",
     KOR_N_("level of the intervals; else 0.95")},
    {OF(STAT_THERAPISTS), 0, "small", "N",
     KOR_N_("mark groups with fewer people; else 15")},
    UNIQUE_ID(OF(STAT_SURVIVAL)),
    {OF(STAT_SURVIVAL), 0, "duration", "COL",
     KOR_N_("time to the event, or to when last seen")},
    {OF(STAT_SURVIVAL), 0, "event", "COL",
     KOR_N_("column with 1 for an event and 0 for none")},
    {OF(STAT_SURVIVAL), 0, "scale", "WORD",
     KOR_N_("log (default), plain or log-log: of the interval")},
    LEVEL_95(OF(STAT_SURVIVAL)),

    UNIQUE_ID(OF(STAT_ALPHA)),
    {OF(STAT_ALPHA), 0, "items", "COL...", KOR_N_("columns of the items")},
    {OF(STAT_ALPHA), 0, "rc", "POINTS",
     KOR_N_("reliable change as published, to be shown beside")},
    LEVEL_95(OF(STAT_ALPHA)),

    {OF(STAT_GAS), 0, "goals", "COL...",
     KOR_N_("columns of the goals' levels, -2 to 2")},
    {OF(STAT_GAS), 0, "weights", "W...",
     KOR_N_("a weight for each goal, or its column; else 1")},
    {OF(STAT_GAS), 0, "id", "COL", KOR_N_("column that tells people apart")},

    {OF(STAT_FUNNEL), 0, "group", "COL", KOR_N_("column of the unit")},
    {OF(STAT_FUNNEL), 0, "event", "COL",
     KOR_N_("column with 1 for an event and 0 for none")},
    {OF(STAT_FUNNEL), 0, "p0", "P",
     KOR_N_("the share to compare with; else that of the file")},
    {OF(STAT_FUNNEL), 0, "limits", "WORD",
     KOR_N_("size (default: exact below 30), exact or normal")},

    {OF(STAT_CUSUM), 0, "event", "COL",
     KOR_N_("column with 1 for an event and 0 for none")},
    {OF(STAT_CUSUM), 0, "group", "COL", KOR_N_("column of the unit")},
    {OF(STAT_CUSUM), 0, "time", "COL",
     KOR_N_("column of the time; else the order of the file")},
    {OF(STAT_CUSUM), 0, "p0", "P",
     KOR_N_("the share to compare with; else that of the file")},
    {OF(STAT_CUSUM), 0, "expected", "COL",
     KOR_N_("column of the chance expected for each person")},
    {OF(STAT_CUSUM), 0, "odds", "R",
     KOR_N_("odds ratio to look for, both ways; else 2")},
    {OF(STAT_CUSUM), 0, "limit", "H",
     KOR_N_("sum that is a signal; else 4.5")},

    LONG_FORM(OF(STAT_ENDINGS)),
    {OF(STAT_ENDINGS), 0, "ending", "COL",
     KOR_N_("column with planned, unplanned or open")},
    TIME_FUNCTION(OF(STAT_ENDINGS)),
    {OF(STAT_ENDINGS), 0, "from", "T",
     KOR_N_("time the model's change begins; else the first")},
    {OF(STAT_ENDINGS), 0, "to", "T",
     KOR_N_("time it ends; else the median of planned endings")},
    DIRECTION(OF(STAT_ENDINGS)),
    LEVEL_95(OF(STAT_ENDINGS)),

    {OF(SIMULATE), 0, "people", "N", KOR_N_("how many; else 120")},
    {OF(SIMULATE), 0, "open", "K",
     KOR_N_("how many are still open; else a quarter")},
    {OF(SIMULATE), 0, "seed", "S",
     KOR_N_("the same seed makes the same file; else 1")},
    {OF(SIMULATE), 0, "start", "DATE",
     KOR_N_("no session before it; else two years back")},
    {OF(SIMULATE), 0, "until", "DATE",
     KOR_N_("no session after it; else today")},
    {OF(SIMULATE), 'o', "output", "FILE",
     KOR_N_("with a map beside it; else simulated.csv")},
    {ANY, 0, NULL, NULL, NULL},
};

_Static_assert(KOR_LENGTH(kor_flags) <= KOR_MAX_OPTIONS_GIVEN,
               "a value for each option");
