/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_DEFINE_LEARNING_ROOM_H
#define KOR_DEFINE_LEARNING_ROOM_H 1

#include <stddef.h>

#include "kor/stat/learn.h"

/* Room for kor_course_learn() to work in, since stat allocates nothing. */

/* Room for 'n_people' with 'n_rows' scores in all; end with
 * kor_learning_room_done(). */
struct kor_learning_work kor_learning_room(size_t n_people, size_t n_rows);

/* Frees the room and makes it empty. */
void kor_learning_room_done(struct kor_learning_work *work);

#endif /* kor/define/learning_room.h */
