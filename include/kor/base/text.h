/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_BASE_TEXT_H
#define KOR_BASE_TEXT_H 1

/* Words that people read, in the three languages of the service.
 *
 * The English text is the key: kor_text(lang, "session") gives "time" in
 * Norwegian bokmål.  daemon/base/text/nb.po and sv.po hold the translations
 * and are compiled to tables; 'make check' refuses a text that is missing in
 * either, and a translation whose conversions differ from the English.
 *
 * The language is an argument and never a setting of the process, since one
 * daemon writes in three languages at once. */

enum kor_lang {
    KOR_EN,     /* English, the language of the keys. */
    KOR_NB,     /* Norwegian bokmål. */
    KOR_SV,     /* Swedish. */
    KOR_N_LANGS /* Not a language: how many there are. */
};

/* The text 'english' in 'lang'; 'english' itself if there is no translation.
 * The result lives as long as the program or as long as 'english'. */
const char *kor_text(enum kor_lang lang, const char *english)
    __attribute__((format_arg(2)));

/* "en", "nb" or "sv". */
const char *kor_lang_name(enum kor_lang lang);

/* The language that 'name' begins with: "nb", "nb_NO.UTF-8", "no", "sv-SE" ...
 * English if it is none of them, or null. */
enum kor_lang kor_lang_from(const char *name);

/* Marks a text for translation where it stands in a table. */
#define KOR_N_(english) english

#endif /* kor/base/text.h */
