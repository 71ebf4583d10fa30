/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_WIRE_FIELDS_CLINIC_H
#define KOR_WIRE_FIELDS_CLINIC_H 1

/* Fields of the messages about the clinic: figures, files, scales, courses.
 * For kor/wire/message.h alone, which says how a field is written. */

#define KOR_FIELDS_FIGURE(F, S)                                               \
    F(S, TEXT, name, 1, 48, 1, "which figure; docs/methods/clinic.md")        \
    F(S, TEXT, scale, 1, 32, 0, "on which scale")                             \
    F(S, NUM, value, -1e12, 1e12, 0, "the figure; absent if n is too small")  \
    F(S, NUM, low, -1e12, 1e12, 0, "lower end of its 95 % interval")          \
    F(S, NUM, high, -1e12, 1e12, 0, "upper end of it")                        \
    F(S, INT, n, 0, 9e15, 1, "how many it rests on")                          \
    F(S, INT, of, 0, 9e15, 0, "out of how many; the rest is missing")

#define KOR_FIELDS_CLINIC(F, S)                                               \
    F(S, DATE, from, 0, 0, 0, "episodes closed, sessions dated from")         \
    F(S, DATE, to, 0, 0, 0, "and to")                                         \
    F(S, TEXT, unit, 1, 32, 0,                                                \
      "of this unit and those below it; the asker's own without")

#define KOR_FIELDS_FIGURES(F, S)                                              \
    F(S, LIST, figures, figure, 500, 0, "the clinic's figures")               \
    F(S, TEXT, unit, 1, 159, 0,                                               \
      "path of the unit that they are of; / for the whole clinic")

#define KOR_FIELDS_IMPORT_BEGIN(F, S)                                         \
    F(S, TEXT, name, 1, 200, 1, "name of the file, without its folders")      \
    F(S, TEXT, hash, 64, 64, 1, "BLAKE2b-256 of file and map, hexadecimal")   \
    F(S, INT, rows, 1, 50000000, 1, "how many rows will come")                \
    F(S, BOOL, made_up, 0, 0, 0, "the people are made up")

#define KOR_FIELDS_IMPORT_STATE(F, S)                                         \
    F(S, INT, import, 1, 9e15, 1, "id of the import")                         \
    F(S, INT, next, 0, 50000000, 1,                                           \
      "rows that have arrived: go on from here")                              \
    F(S, BOOL, finished, 0, 0, 0, "it is finished already")

#define KOR_FIELDS_IMPORT_ROW(F, S)                                           \
    F(S, TEXT, person, 1, 64, 1, "the file's own id of the person")           \
    F(S, TEXT, pathway, 1, 32, 0, "pathway of the episode")                   \
    F(S, TEXT, therapist, 1, 32, 0, "therapist of the episode")               \
    F(S, TEXT, born, 7, 7, 0, "birth month, YYYY-MM")                         \
    F(S, TEXT, gender, 1, 16, 0, "female, male or other")                     \
    F(S, INT, session, 1, 9999, 0, "session; counted in order without")       \
    F(S, DATE, date, 0, 0, 1, "date of the session")                          \
    F(S, TEXT, status, 1, 24, 0, "status of the session; held without")       \
    F(S, LIST, answers, answer, 8, 0, "the scales of that session")           \
    F(S, TEXT, ending, 1, 16, 0, "planned, unplanned; open without")

#define KOR_FIELDS_IMPORT_ROWS(F, S)                                          \
    F(S, INT, import, 1, 9e15, 1, "id of the import")                         \
    F(S, INT, from, 0, 50000000, 1, "number of the first row, from 0")        \
    F(S, LIST, rows, import_row, 500, 1, "rows, a person's in order of time")

#define KOR_FIELDS_IMPORT_PERSON(F, S)                                        \
    F(S, TEXT, person, 1, 64, 1, "the file's own id of the person")           \
    F(S, TEXT, code, 8, 9, 1, "the code that kor gave")

#define KOR_FIELDS_IMPORT_FINISH(F, S)                                        \
    F(S, INT, import, 1, 9e15, 1, "id of the import")

#define KOR_FIELDS_IMPORT_CODES(F, S)                                         \
    F(S, INT, import, 1, 9e15, 1, "id of the import")                         \
    F(S, INT, after, 0, 9e15, 0, "go on behind this row")

#define KOR_FIELDS_IMPORT_PEOPLE(F, S)                                        \
    F(S, LIST, people, import_person, 1000, 0, "who is who")                  \
    F(S, INT, next, 1, 9e15, 0, "there are more: ask again with it as 'after'")

#define KOR_FIELDS_EXPORT(F, S)                                               \
    F(S, INT, after, 0, 9e15, 0, "go on here: 'next' of the page before")     \
    F(S, INT, skip, 0, 9e15, 0, "for research: 'skip' of that page")          \
    F(S, INT, series, 1, 9e15, 0, "for research: 'series' of that page")

#define KOR_FIELDS_EXPORT_ROW(F, S)                                           \
    F(S, TEXT, code, 8, 9, 0, "the client's code; not for research")          \
    F(S, INT, episode, 1, 999, 1, "episode")                                  \
    F(S, TEXT, pathway, 1, 32, 0,                                             \
      "pathway; for research if five people have it")                         \
    F(S, TEXT, unit, 1, 32, 0, "unit; not for research")                      \
    F(S, TEXT, therapist, 1, 32, 0, "therapist; not for research")            \
    F(S, TEXT, ending, 1, 16, 1, "planned, unplanned or open")                \
    F(S, INT, session, 1, 9999, 1, "session")                                 \
    F(S, DATE, date, 0, 0, 0, "its date; not for research")                   \
    F(S, TEXT, status, 1, 24, 1, "its status")                                \
    F(S, TEXT, mode, 1, 16, 0, "its mode")                                    \
    F(S, TEXT, scale, 1, 32, 0,                                               \
      "scale; absent for a session without answers")                          \
    F(S, TEXT, scale_version, 1, 16, 0, "version of its definition")          \
    F(S, TEXT, rater, 1, 16, 0, "whose answer")                               \
    F(S, TEXT, language, 2, 8, 0, "language of the form")                     \
    F(S, TEXT, how, 1, 16, 0, "how it was filled in")                         \
    F(S, INT, version, 1, 999, 0, "version; only the last of each is here")   \
    F(S, NUMS, values, 0, 64, 0, "items, null for a missing one")             \
    F(S, NUM, total, -1e6, 1e6, 0, "total")                                   \
    F(S, TEXT, standing, 1, 32, 0, "standing as stored then")                 \
    F(S, BOOL, shared, 0, 0, 0,                                               \
      "given in another episode of the person, where it is a row, too")       \
    F(S, BOOL, made_up, 0, 0, 0, "a made-up person")                          \
    F(S, TEXT, person, 13, 13, 0,                                             \
      "for research: tells people apart within this series")                  \
    F(S, INT, day, -99999, 99999, 0,                                          \
      "for research: days since the first day of the episode")                \
    F(S, TEXT, held_by, 1, 32, 0,                                             \
      "who held the session, if it was not the therapist; not for research")

#define KOR_FIELDS_EXPORT_ROWS(F, S)                                          \
    F(S, LIST, rows, export_row, 4000, 0, "one row an answer")                \
    F(S, INT, next, 1, 9e15, 0,                                               \
      "there are more: ask again with it as 'after'")                         \
    F(S, INT, skip, 0, 9e15, 0, "for research: give it along with 'next'")    \
    F(S, INT, series, 1, 9e15, 0,                                             \
      "for research: give it along; the people of another series have "       \
                            "other ids")

#define KOR_FIELDS_INSTRUMENT(F, S)                                           \
    F(S, TEXT, key, 1, 32, 1, "key of the scale")                             \
    F(S, TEXT, version, 1, 16, 0, "version; the newest without")              \
    F(S, TEXT, kind, 1, 16, 0, "outcome, alliance, symptom, ...")             \
    F(S, TEXT, name, 1, 120, 0, "name, in the language of the request")       \
    F(S, INT, items, 0, 64, 0, "how many items")                              \
    F(S, BOOL, shell, 0, 0, 0, "without wording: load the text you license")  \
    F(S, TEXT, licence, 1, 200, 0, "its licence, in short")                   \
    F(S, JSON, definition, 0, 262144, 0, "the whole definition")

#define KOR_FIELDS_INSTRUMENTS(F, S)                                          \
    F(S, LIST, instruments, instrument, 1000, 0,                              \
      "the catalogue, newest versions")

#define KOR_FIELDS_INSTRUMENT_ADD(F, S)                                       \
    F(S, JSON, definition, 0, 262144, 1, "the whole definition")

#define KOR_FIELDS_COURSE_FIT(F, S)                                           \
    F(S, TEXT, scale, 1, 32, 1, "key of the scale")                           \
    F(S, TEXT, pathway, 1, 32, 0, "only episodes of this pathway")            \
    F(S, TEXT, rater, 1, 16, 0, "whose answers; client without")              \
    F(S, TEXT, method, 1, 8, 0, "reml (default) or ml")                       \
    F(S, TEXT, f, 1, 8, 0,                                                    \
      "log of the session number (default), or log1p of "                     \
                        "the weeks since the start score")                    \
    F(S, INT, reference, 1, 9e15, 0,                                          \
      "id of a course that helps out until enough episodes are closed")

#define KOR_FIELDS_COURSE_ADD(F, S)                                           \
    F(S, JSON, certificate, 0, 65536, 1, "the whole course and its origin")   \
    F(S, TEXT, source, 1, 120, 0, "whose episodes it was fitted to")

#define KOR_FIELDS_COURSE(F, S)                                               \
    F(S, INT, id, 1, 9e15, 1, "id of the course")                             \
    F(S, TEXT, scale, 1, 32, 0, "key of the scale")                           \
    F(S, TEXT, pathway, 1, 32, 0, "pathway; absent if of all")                \
    F(S, INT, people, 0, 9e15, 0, "people behind it")                         \
    F(S, INT, records, 0, 9e15, 0, "scores behind it")                        \
    F(S, TEXT, method, 1, 8, 0, "reml or ml")                                 \
    F(S, TEXT, f, 1, 8, 0, "function of time")                                \
    F(S, TEXT, status, 1, 24, 0, "how the fit ended")                         \
    F(S, TEXT, fitted, 1, 32, 0, "when, UTC")                                 \
    F(S, BOOL, in_use, 0, 0, 0, "new scores are held against it")             \
    F(S, TEXT, note, 1, 300, 0, "why it is not used, where it is not")        \
    F(S, JSON, certificate, 0, 65536, 0, "the whole course and its origin")

#define KOR_FIELDS_COURSES(F, S)                                              \
    F(S, LIST, courses, course, 1000, 0, "all courses, the newest first")

#define KOR_FIELDS_COURSE_ID(F, S)                                            \
    F(S, INT, id, 1, 9e15, 1, "id of the course")

#define KOR_FIELDS_COURSE_USE(F, S)                                           \
    F(S, INT, id, 1, 9e15, 1, "id of the course")                             \
    F(S, BOOL, off, 0, 0, 0, "stop using it")

#define KOR_FIELDS_GRAPH(F, S)                                                \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, INT, episode, 1, 999, 0, "episode; the last one without")            \
    F(S, TEXT, scale, 1, 32, 0, "scale; the lead scale without")              \
    F(S, TEXT, rater, 1, 16, 0, "whose answers; client without")              \
    F(S, TEXT, format, 1, 8, 1, "svg, pdf, png or text")                      \
    F(S, INT, width, 20, 4000, 0, "points (svg, pdf, png) or columns (text)") \
    F(S, INT, height, 10, 4000, 0, "points or lines")                         \
    F(S, BOOL, no_band, 0, 0, 0, "leave the expected course out")             \
    F(S, BOOL, no_alliance, 0, 0, 0, "leave the alliance out")                \
    F(S, BOOL, no_neighbours, 0, 0, 0, "leave the most alike episodes out")

#define KOR_FIELDS_PICTURE(F, S)                                              \
    F(S, TEXT, format, 1, 8, 1, "svg, pdf, png or text")                      \
    F(S, LONG, text, 0, 4194304, 0, "the picture, where it is text")          \
    F(S, LONG, base64, 0, 8388608, 0, "the picture, where it is bytes")

#endif /* kor/wire/fields_clinic.h */
