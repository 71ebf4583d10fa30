/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_GUARD_PROVIDER_H
#define STORE_GUARD_PROVIDER_H 1

/* What the files of this room know of a guard. */

#include <sqlite3.h>

#include "store/guard.h"

/* The VFS that it stands over; lives as long as the process. */
sqlite3_vfs *kor_guard_base(const struct kor_guard *guard);

#endif /* store/guard_provider.h */
