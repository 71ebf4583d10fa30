/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files over files: see store/vfs_pass.h. */

#include "store/vfs_pass.h"

sqlite3_file *
kor_pass_below(sqlite3_file *file)
{
    return ((struct kor_pass_file *)(void *)file)->below;
}

int
kor_pass_read(sqlite3_file *file, void *to, int size, sqlite3_int64 at)
{
    sqlite3_file *below = kor_pass_below(file);
    return below->pMethods->xRead(below, to, size, at);
}

int
kor_pass_write(sqlite3_file *file, const void *from, int size,
               sqlite3_int64 at)
{
    sqlite3_file *below = kor_pass_below(file);
    return below->pMethods->xWrite(below, from, size, at);
}

int
kor_pass_close(sqlite3_file *file)
{
    sqlite3_file *below = kor_pass_below(file);
    return below->pMethods->xClose(below);
}

int
kor_pass_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    sqlite3_file *below = kor_pass_below(file);
    return below->pMethods->xTruncate(below, size);
}

int
kor_pass_sync(sqlite3_file *file, int flags)
{
    sqlite3_file *below = kor_pass_below(file);
    return below->pMethods->xSync(below, flags);
}

int
kor_pass_size(sqlite3_file *file, sqlite3_int64 *size)
{
    sqlite3_file *below = kor_pass_below(file);
    return below->pMethods->xFileSize(below, size);
}

int
kor_pass_lock(sqlite3_file *file, int lock)
{
    sqlite3_file *below = kor_pass_below(file);
    return below->pMethods->xLock(below, lock);
}

int
kor_pass_unlock(sqlite3_file *file, int lock)
{
    sqlite3_file *below = kor_pass_below(file);
    return below->pMethods->xUnlock(below, lock);
}

int
kor_pass_is_reserved(sqlite3_file *file, int *out)
{
    sqlite3_file *below = kor_pass_below(file);
    return below->pMethods->xCheckReservedLock(below, out);
}

int
kor_pass_control(sqlite3_file *file, int op, void *arg)
{
    sqlite3_file *below = kor_pass_below(file);
    return below->pMethods->xFileControl(below, op, arg);
}

int
kor_pass_sector(sqlite3_file *file)
{
    sqlite3_file *below = kor_pass_below(file);
    return below->pMethods->xSectorSize(below);
}

int
kor_pass_device(sqlite3_file *file)
{
    sqlite3_file *below = kor_pass_below(file);
    return below->pMethods->xDeviceCharacteristics(below);
}

int
kor_pass_shm_map(sqlite3_file *file, int region, int size, int extend,
           void volatile **out)
{
    sqlite3_file *below = kor_pass_below(file);
    return below->pMethods->xShmMap(below, region, size, extend, out);
}

int
kor_pass_shm_lock(sqlite3_file *file, int first, int n, int flags)
{
    sqlite3_file *below = kor_pass_below(file);
    return below->pMethods->xShmLock(below, first, n, flags);
}

void
kor_pass_shm_barrier(sqlite3_file *file)
{
    sqlite3_file *below = kor_pass_below(file);
    below->pMethods->xShmBarrier(below);
}

int
kor_pass_shm_unmap(sqlite3_file *file, int is_to_go)
{
    sqlite3_file *below = kor_pass_below(file);
    return below->pMethods->xShmUnmap(below, is_to_go);
}
