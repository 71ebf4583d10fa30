/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_BASE_COMPILER_H
#define KOR_BASE_COMPILER_H 1

/* Attributes of the compiler, under names of our own. */

/* The caller must look at the result. */
#define KOR_NODISCARD __attribute__((warn_unused_result))

/* Argument 'fmt' is a printf() format for the arguments from 'first' on. */
#define KOR_PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))

/* Part of the loop that calls it, also where the compiler thinks it too
 * long. */
#define KOR_INLINE inline __attribute__((always_inline))

/* The function does not return. */
#define KOR_NORETURN __attribute__((noreturn))

/* Asks the memory for what lies there, which will be read soon.  In
 * a function of its own the compiler would leave it out as doing nothing. */
#define KOR_PREFETCH(address) __builtin_prefetch(address)

/* Number of members of an array (not of a pointer). */
#define KOR_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

#endif /* kor/base/compiler.h */
