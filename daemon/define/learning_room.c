/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Room to learn in: see kor/define/learning_room.h. */

#include "kor/define/learning_room.h"

#include <stdlib.h>

#include "kor/base/alloc.h"
#include "kor/stat/reference.h"

struct kor_learning_work
kor_learning_room(size_t n_people, size_t n_rows)
{
    struct kor_learning_work work;
    struct kor_calibration_work *inner = &work.calibration;
    size_t n = n_people + KOR_REFERENCE_PEOPLE;
    inner->sums = kor_alloc_array(2 * n, sizeof *inner->sums);
    inner->starts = kor_alloc_array(2 * n, sizeof *inner->starts);
    inner->folds = kor_alloc_array(n, sizeof *inner->folds);
    inner->rows = kor_alloc_array(n_rows, sizeof *inner->rows);
    inner->scratch = kor_alloc_array(n_rows, sizeof *inner->scratch);
    work.weights = kor_alloc_array(n, sizeof *work.weights);
    return work;
}

void
kor_learning_room_done(struct kor_learning_work *work)
{
    free(work->calibration.sums);
    free(work->calibration.starts);
    free(work->calibration.folds);
    free(work->calibration.rows);
    free(work->calibration.scratch);
    free(work->weights);
    *work = (struct kor_learning_work){0};
}
