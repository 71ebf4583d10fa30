/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sorting: see stat/sort.h. */

#include "stat/sort.h"

#include <stdint.h>
#include <string.h>

/* So few rows are sorted by insertion. */
enum { few = 16 };

/* Rows, and how they are held against each other. */
struct order {
    char *rows;
    size_t size;
    kor_compare *compare;
};

static char *
row(const struct order *order, size_t i)
{
    return order->rows + i * order->size;
}

static int
is_before(const struct order *order, size_t i, size_t j)
{
    return order->compare(row(order, i), row(order, j)) < 0;
}

static void
swap(const struct order *order, size_t i, size_t j)
{
    char *a = row(order, i), *b = row(order, j);
    size_t left = order->size;
    for (; left >= sizeof(uint64_t); left -= sizeof(uint64_t)) {
        uint64_t x, y;
        memcpy(&x, a, sizeof x);
        memcpy(&y, b, sizeof y);
        memcpy(a, &y, sizeof y);
        memcpy(b, &x, sizeof x);
        a += sizeof x;
        b += sizeof x;
    }
    for (; left > 0; left--, a++, b++) {
        char x = *a;
        *a = *b;
        *b = x;
    }
}

/* Sorts the rows from 'from' to before 'to'. */
static void
insert_all(const struct order *order, size_t from, size_t to)
{
    for (size_t i = from + 1; i < to; i++) {
        for (size_t k = i; k > from && is_before(order, k, k - 1); k--) {
            swap(order, k, k - 1);
        }
    }
}

/* Lets the row 'i' of the heap that begins at 'from' sink to its place among
 * the first 'n'. */
static void
sink(const struct order *order, size_t from, size_t i, size_t n)
{
    while (2 * i + 1 < n) {
        size_t child = 2 * i + 1;
        if (child + 1 < n
            && is_before(order, from + child, from + child + 1)) {
            child++;
        }
        if (!is_before(order, from + i, from + child)) {
            return;
        }
        swap(order, from + i, from + child);
        i = child;
    }
}

static void
heap_sort(const struct order *order, size_t from, size_t to)
{
    size_t n = to - from;
    for (size_t i = n / 2; i-- > 0;) {
        sink(order, from, i, n);
    }
    while (n > 1) {
        swap(order, from, from + --n);
        sink(order, from, 0, n);
    }
}

/* Moves the middle one of first, middle and last to 'from'. */
static void
choose_pivot(const struct order *order, size_t from, size_t to)
{
    size_t low = from, middle = from + (to - from) / 2, high = to - 1;
    if (is_before(order, middle, low)) {
        low = middle;
        middle = from;
    }
    if (is_before(order, high, middle)) {
        middle = is_before(order, high, low) ? low : high;
    }
    swap(order, from, middle);
}

/* Parts the rows round the one at 'from', whose last place is returned:
 * none before it goes after it, and none after it goes before it.  Both sides
 * stop at rows that compare equal, so that equal rows are halved, too. */
static size_t
part(const struct order *order, size_t from, size_t to)
{
    size_t i = from, j = to;
    for (;;) {
        do {
            i++;
        } while (i < to && is_before(order, i, from));
        do {
            j--;
        } while (is_before(order, from, j));
        if (i >= j) {
            break;
        }
        swap(order, i, j);
    }
    swap(order, from, j);
    return j;
}

/* Sorts from 'from' to before 'to' with at most so many 'rounds' of parting.
 * Only the shorter side is done by a call, which bounds the stack. */
static void
sort_part(const struct order *order, size_t from, size_t to, unsigned rounds)
{
    while (to - from > few) {
        if (rounds-- == 0) {
            heap_sort(order, from, to);
            return;
        }
        choose_pivot(order, from, to);
        size_t pivot = part(order, from, to);
        if (pivot - from < to - pivot) {
            sort_part(order, from, pivot, rounds);
            from = pivot + 1;
        } else {
            sort_part(order, pivot + 1, to, rounds);
            to = pivot;
        }
    }
    insert_all(order, from, to);
}

void
kor_sort_rows(void *rows, size_t n, size_t size, kor_compare *compare)
{
    const struct order order = {rows, size, compare};
    unsigned rounds = 0;
    if (n < 2) {
        return;
    }
    for (size_t left = n; left > 1; left /= 2) {
        rounds += 2;
    }
    sort_part(&order, 0, n, rounds);
}

static int
by_value(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

void
kor_sort(double values[], size_t n)
{
    kor_sort_rows(values, n, sizeof *values, by_value);
}
