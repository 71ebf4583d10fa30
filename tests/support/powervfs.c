/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A disk in memory that can lose its power: see powervfs.h. */

#include "support/powervfs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "kor/base/alloc.h"
#include "support/near.h"

#define MAX_NAMES 8
#define MAX_SHM 64 /* Regions of shared memory of a file. */

/* --- bytes --------------------------------------------------------------- */

struct bytes {
    uint8_t *at;
    size_t size, capacity;
};

static void
bytes_done(struct bytes *bytes)
{
    free(bytes->at);
    *bytes = (struct bytes){0};
}

/* Makes it so long; new bytes are zero. */
static void
bytes_resize(struct bytes *bytes, size_t size)
{
    if (size > bytes->capacity) {
        bytes->capacity = size + size / 2 + 4096;
        bytes->at = kor_realloc_array(bytes->at, bytes->capacity, 1);
    }
    if (size > bytes->size) {
        memset(bytes->at + bytes->size, 0, size - bytes->size);
    }
    bytes->size = size;
}

static void
bytes_put(struct bytes *bytes, size_t from, const uint8_t *what, size_t size)
{
    if (from + size > bytes->size) {
        bytes_resize(bytes, from + size);
    }
    if (size > 0) {
        memcpy(bytes->at + from, what, size);
    }
}

/* --- files --------------------------------------------------------------- */

/* What was done to a file and not synced since. */
struct change {
    bool is_truncation;
    size_t from; /* Of a write; the new length of a truncation. */
    struct bytes what;
};

/* A file by whatever name, or with none left. */
struct node {
    struct bytes now;     /* As programs see it. */
    struct bytes durable; /* As it was when last synced. */
    struct change *changes;
    size_t n_changes, changes_capacity;
    bool syncs_folder;    /* With its next sync. */
    int n_uses;           /* Names and open files. */
    void *shm[MAX_SHM];
    int n_shm, n_shm_users;
    int shm_shared[SQLITE_SHM_NLOCK];
    bool shm_exclusive[SQLITE_SHM_NLOCK];
    int n_shared;         /* Locks of the file itself. */
    bool is_reserved, is_exclusive;
};

/* A name, and which file it is for programs and on the disk; null: none. */
struct name {
    char text[512];
    struct node *now, *durable;
};

struct powervfs {
    sqlite3_vfs vfs; /* First, so that a pointer to it is one to all. */
    char vfs_name[40];
    struct name names[MAX_NAMES];
    size_t n_names;
    int64_t room;
    void (*hear)(void *arg);
    void *arg;
};

/* An open file. */
struct file {
    sqlite3_file base;
    struct powervfs *disk;
    struct node *node;
    struct name *to_remove; /* When it is closed; or null. */
    int lock;
    bool has_shm;
    uint16_t shm_shared, shm_exclusive; /* Bits of the locks it holds. */
};

static struct file *
of(sqlite3_file *file)
{
    return (struct file *)(void *)file;
}

static struct powervfs *
disk_of(sqlite3_vfs *vfs)
{
    return (struct powervfs *)(void *)vfs;
}

static void
free_shm(struct node *node)
{
    for (int i = 0; i < node->n_shm; i++) {
        free(node->shm[i]);
    }
    node->n_shm = 0;
}

static void
forget_changes(struct node *node)
{
    for (size_t i = 0; i < node->n_changes; i++) {
        bytes_done(&node->changes[i].what);
    }
    node->n_changes = 0;
}

static void
node_release(struct node *node)
{
    if (node && --node->n_uses == 0) {
        forget_changes(node);
        free_shm(node);
        free(node->changes);
        bytes_done(&node->now);
        bytes_done(&node->durable);
        free(node);
    }
}

static struct node *
node_keep(struct node *node)
{
    if (node) {
        node->n_uses++;
    }
    return node;
}

static void
set_node(struct node **place, struct node *node)
{
    struct node *old = *place;
    *place = node_keep(node);
    node_release(old);
}

static struct change *
add_change(struct node *node)
{
    if (node->n_changes == node->changes_capacity) {
        node->changes_capacity = 2 * node->changes_capacity + 16;
        node->changes
            = kor_realloc_array(node->changes, node->changes_capacity,
                                sizeof *node->changes);
    }
    struct change *change = &node->changes[node->n_changes++];
    *change = (struct change){0};
    return change;
}

static void
apply(struct bytes *bytes, const struct change *change)
{
    if (change->is_truncation) {
        bytes_resize(bytes, change->from);
    } else {
        bytes_put(bytes, change->from, change->what.at, change->what.size);
    }
}

static void
sync_folder(struct powervfs *disk)
{
    for (size_t i = 0; i < disk->n_names; i++) {
        set_node(&disk->names[i].durable, disk->names[i].now);
    }
}

static struct name *
find_name(struct powervfs *disk, const char *text)
{
    for (size_t i = 0; i < disk->n_names; i++) {
        if (!strcmp(disk->names[i].text, text)) {
            return &disk->names[i];
        }
    }
    assert_true(disk->n_names < MAX_NAMES);
    struct name *name = &disk->names[disk->n_names++];
    snprintf(name->text, sizeof name->text, "%s", text);
    return name;
}

static void
tell(struct powervfs *disk)
{
    if (disk->hear) {
        disk->hear(disk->arg);
    }
}

/* --- calls of SQLite on a file ------------------------------------------- */

static int
on_close(sqlite3_file *file)
{
    struct file *f = of(file);
    if (f->to_remove) {
        set_node(&f->to_remove->now, NULL);
    }
    node_release(f->node);
    return SQLITE_OK;
}

static int
on_read(sqlite3_file *file, void *to, int size, sqlite3_int64 from)
{
    const struct bytes *now = &of(file)->node->now;
    size_t there = (size_t)from < now->size ? now->size - (size_t)from : 0;
    size_t n = there < (size_t)size ? there : (size_t)size;
    if (n > 0) {
        memcpy(to, now->at + from, n);
    }
    memset((uint8_t *)to + n, 0, (size_t)size - n);
    return n == (size_t)size ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static void
put(struct node *node, const void *what, size_t size, size_t from)
{
    struct change *change = add_change(node);
    change->from = from;
    bytes_put(&change->what, 0, what, size);
    apply(&node->now, change);
}

/* How many of 'size' bytes at 'from' there is room for. */
static size_t
fitting(const struct file *f, size_t size, size_t from)
{
    size_t now = f->node->now.size;
    size_t grows = from + size > now ? from + size - now : 0;
    int64_t left = f->disk->room - powervfs_used(f->disk);
    if ((int64_t)grows <= left) {
        return size;
    }
    size_t missing = grows - (size_t)(left > 0 ? left : 0);
    return size > missing ? size - missing : 0;
}

static int
on_write(sqlite3_file *file, const void *what, int size, sqlite3_int64 from)
{
    struct file *f = of(file);
    tell(f->disk);
    size_t n = fitting(f, (size_t)size, (size_t)from);
    if (n > 0) {
        put(f->node, what, n, (size_t)from);
    }
    return n == (size_t)size ? SQLITE_OK : SQLITE_FULL;
}

static int
on_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    struct node *node = of(file)->node;
    tell(of(file)->disk);
    struct change *change = add_change(node);
    change->is_truncation = true;
    change->from = (size_t)size;
    apply(&node->now, change);
    return SQLITE_OK;
}

static int
on_sync(sqlite3_file *file, int flags)
{
    struct file *f = of(file);
    (void)flags;
    tell(f->disk);
    for (size_t i = 0; i < f->node->n_changes; i++) {
        apply(&f->node->durable, &f->node->changes[i]);
    }
    forget_changes(f->node);
    if (f->node->syncs_folder) {
        f->node->syncs_folder = false;
        sync_folder(f->disk);
    }
    return SQLITE_OK;
}

static int
on_size(sqlite3_file *file, sqlite3_int64 *size)
{
    *size = (sqlite3_int64)of(file)->node->now.size;
    return SQLITE_OK;
}

/* Whether another one has a lock on 'node' that 'lock' does not go with. */
static bool
has_rival(const struct file *f, int lock)
{
    const struct node *node = f->node;
    bool has_own = f->lock >= SQLITE_LOCK_RESERVED;
    if (lock == SQLITE_LOCK_SHARED) {
        return node->is_exclusive;
    }
    if (node->is_reserved && !has_own) {
        return true;
    }
    return lock == SQLITE_LOCK_EXCLUSIVE && node->n_shared > 1;
}

static int
on_lock(sqlite3_file *file, int lock)
{
    struct file *f = of(file);
    struct node *node = f->node;
    if (lock <= f->lock) {
        return SQLITE_OK;
    }
    if (has_rival(f, lock)) {
        return SQLITE_BUSY;
    }
    node->n_shared += lock == SQLITE_LOCK_SHARED;
    node->is_reserved = node->is_reserved || lock >= SQLITE_LOCK_RESERVED;
    node->is_exclusive = lock == SQLITE_LOCK_EXCLUSIVE;
    f->lock = lock;
    return SQLITE_OK;
}

static int
on_unlock(sqlite3_file *file, int lock)
{
    struct file *f = of(file);
    if (lock >= f->lock) {
        return SQLITE_OK;
    }
    if (f->lock >= SQLITE_LOCK_RESERVED) {
        f->node->is_reserved = f->node->is_exclusive = false;
    }
    f->node->n_shared -= lock == SQLITE_LOCK_NONE;
    f->lock = lock;
    return SQLITE_OK;
}

static int
on_is_reserved(sqlite3_file *file, int *out)
{
    *out = of(file)->node->is_reserved;
    return SQLITE_OK;
}

static int
on_control(sqlite3_file *file, int op, void *arg)
{
    (void)file;
    (void)op;
    (void)arg;
    return SQLITE_NOTFOUND;
}

static int
on_sector(sqlite3_file *file)
{
    (void)file;
    return 4096;
}

static int
on_device(sqlite3_file *file)
{
    (void)file;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int
on_shm_map(sqlite3_file *file, int region, int size, int extend,
           void volatile **out)
{
    struct file *f = of(file);
    struct node *node = f->node;
    assert_true(region < MAX_SHM);
    node->n_shm_users += !f->has_shm;
    f->has_shm = true;
    while (extend && node->n_shm <= region) {
        node->shm[node->n_shm++] = kor_alloc((size_t)size);
    }
    *out = region < node->n_shm ? node->shm[region] : NULL;
    return SQLITE_OK;
}

static void
unlock_shm(struct file *f, int which)
{
    struct node *node = f->node;
    uint16_t bit = (uint16_t)(1u << which);
    node->shm_shared[which] -= (f->shm_shared & bit) != 0;
    node->shm_exclusive[which]
        = node->shm_exclusive[which] && !(f->shm_exclusive & bit);
    f->shm_shared &= (uint16_t)~bit;
    f->shm_exclusive &= (uint16_t)~bit;
}

static bool
lock_shm(struct file *f, int which, bool is_shared)
{
    struct node *node = f->node;
    uint16_t bit = (uint16_t)(1u << which);
    int others = node->shm_shared[which] - ((f->shm_shared & bit) != 0);
    if ((node->shm_exclusive[which] && !(f->shm_exclusive & bit))
        || (!is_shared && others > 0)) {
        return false;
    }
    if (is_shared) {
        node->shm_shared[which] += !(f->shm_shared & bit);
        f->shm_shared |= bit;
    } else {
        node->shm_exclusive[which] = true;
        f->shm_exclusive |= bit;
    }
    return true;
}

static int
on_shm_lock(sqlite3_file *file, int first, int n, int flags)
{
    int done = 0;
    bool is_unlocking = flags & SQLITE_SHM_UNLOCK;
    while (!is_unlocking && done < n
           && lock_shm(of(file), first + done, flags & SQLITE_SHM_SHARED)) {
        done++;
    }
    if (done == n) {
        return SQLITE_OK;
    }
    for (int i = 0; i < (is_unlocking ? n : done); i++) {
        unlock_shm(of(file), first + i);
    }
    return is_unlocking ? SQLITE_OK : SQLITE_BUSY;
}

static void
on_shm_barrier(sqlite3_file *file)
{
    (void)file;
}

static int
on_shm_unmap(sqlite3_file *file, int is_to_go)
{
    struct file *f = of(file);
    (void)is_to_go;
    f->node->n_shm_users -= f->has_shm;
    f->has_shm = false;
    if (f->node->n_shm_users == 0) {
        free_shm(f->node);
    }
    return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = on_close,
    .xRead = on_read,
    .xWrite = on_write,
    .xTruncate = on_truncate,
    .xSync = on_sync,
    .xFileSize = on_size,
    .xLock = on_lock,
    .xUnlock = on_unlock,
    .xCheckReservedLock = on_is_reserved,
    .xFileControl = on_control,
    .xSectorSize = on_sector,
    .xDeviceCharacteristics = on_device,
    .xShmMap = on_shm_map,
    .xShmLock = on_shm_lock,
    .xShmBarrier = on_shm_barrier,
    .xShmUnmap = on_shm_unmap,
};

/* --- calls of SQLite on the disk ----------------------------------------- */

static int
on_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags,
        int *out_flags)
{
    struct powervfs *disk = disk_of(vfs);
    struct file *f = of(file);
    struct name *name = find_name(disk, path ? path : "(temporary)");
    *f = (struct file){.disk = disk};
    if (!name->now) {
        if (!(flags & SQLITE_OPEN_CREATE)) {
            return SQLITE_CANTOPEN;
        }
        tell(disk);
        set_node(&name->now, kor_alloc(sizeof(struct node)));
        name->now->syncs_folder
            = (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL
                        | SQLITE_OPEN_SUPER_JOURNAL)) != 0;
    }
    f->node = node_keep(name->now);
    f->to_remove = flags & SQLITE_OPEN_DELETEONCLOSE ? name : NULL;
    f->base.pMethods = &methods;
    if (out_flags) {
        *out_flags = flags;
    }
    return SQLITE_OK;
}

static int
on_delete(sqlite3_vfs *vfs, const char *path, int syncs_folder)
{
    struct powervfs *disk = disk_of(vfs);
    struct name *name = find_name(disk, path);
    if (!name->now) {
        return SQLITE_IOERR_DELETE_NOENT;
    }
    tell(disk);
    set_node(&name->now, NULL);
    if (syncs_folder) {
        sync_folder(disk);
    }
    return SQLITE_OK;
}

static int
on_access(sqlite3_vfs *vfs, const char *path, int flags, int *out)
{
    const struct name *name = find_name(disk_of(vfs), path);
    (void)flags;
    *out = name->now != NULL;
    return SQLITE_OK;
}

static int
on_full_name(sqlite3_vfs *vfs, const char *path, int size, char *out)
{
    (void)vfs;
    sqlite3_snprintf(size, out, "%s", path);
    return SQLITE_OK;
}

struct powervfs *
powervfs_new(void)
{
    struct powervfs *disk = kor_alloc(sizeof *disk);
    disk->vfs = *sqlite3_vfs_find(NULL); /* Time, sleep, randomness. */
    disk->vfs.pNext = NULL;
    disk->vfs.szOsFile = (int)sizeof(struct file);
    disk->vfs.xOpen = on_open;
    disk->vfs.xDelete = on_delete;
    disk->vfs.xAccess = on_access;
    disk->vfs.xFullPathname = on_full_name;
    disk->room = INT64_MAX;
    snprintf(disk->vfs_name, sizeof disk->vfs_name, "power-%p",
             (void *)disk);
    disk->vfs.zName = disk->vfs_name;
    assert_int_equal(sqlite3_vfs_register(&disk->vfs, 0), SQLITE_OK);
    return disk;
}

void
powervfs_free(struct powervfs *disk)
{
    (void)sqlite3_vfs_unregister(&disk->vfs);
    for (size_t i = 0; i < disk->n_names; i++) {
        set_node(&disk->names[i].now, NULL);
        set_node(&disk->names[i].durable, NULL);
    }
    free(disk);
}

const char *
powervfs_name(const struct powervfs *disk)
{
    return disk->vfs_name;
}

void
powervfs_listen(struct powervfs *disk, void (*hear)(void *arg), void *arg)
{
    disk->hear = hear;
    disk->arg = arg;
}

uint8_t *
powervfs_bytes(struct powervfs *disk, const char *path, size_t *size)
{
    const struct name *name = find_name(disk, path);
    *size = name->now ? name->now->now.size : 0;
    return name->now ? name->now->now.at : NULL;
}

void
powervfs_truncate(struct powervfs *disk, const char *path, size_t size)
{
    bytes_resize(&find_name(disk, path)->now->now, size);
}

void
powervfs_set_room(struct powervfs *disk, int64_t bytes)
{
    disk->room = bytes;
}

int64_t
powervfs_used(const struct powervfs *disk)
{
    int64_t used = 0;
    for (size_t i = 0; i < disk->n_names; i++) {
        const struct node *node = disk->names[i].now;
        used += node ? (int64_t)node->now.size : 0;
    }
    return used;
}

/* --- the power goes ------------------------------------------------------ */

/* How this cut deals with what was on its way. */
struct mood {
    struct dice *dice;
    size_t sector;
    int share; /* Per cent of the sectors that arrive. */
};

static bool
happens(struct mood *mood, int per_cent)
{
    return dice_int(mood->dice, 1, 100) <= per_cent;
}

static void
fill(struct mood *mood, struct bytes *left, size_t from)
{
    for (size_t i = from; i < left->size; i++) {
        left->at[i] = (uint8_t)dice_bits(mood->dice);
    }
}

/* One sector, whole, in part, or not at all. */
static void
lose_piece(struct mood *mood, struct bytes *left, size_t from,
           const uint8_t *what, size_t size)
{
    if (!happens(mood, mood->share)) {
        return;
    }
    size_t begin = 0, end = size;
    if (happens(mood, 10)) {
        size_t middle = (size_t)dice_int(mood->dice, 0, (int64_t)size);
        if (happens(mood, 75)) {
            end = middle;
        } else {
            begin = middle;
        }
    }
    bytes_put(left, from + begin, what + begin, end - begin);
}

static void
lose_change(struct mood *mood, struct bytes *left,
            const struct change *change)
{
    if (change->is_truncation) {
        if (happens(mood, mood->share)) {
            bytes_resize(left, change->from);
        }
        return;
    }
    for (size_t at = 0; at < change->what.size;) {
        size_t to_end = mood->sector - (change->from + at) % mood->sector;
        size_t n = change->what.size - at;
        n = n < to_end ? n : to_end;
        lose_piece(mood, left, change->from + at, change->what.at + at, n);
        at += n;
    }
}

/* The first 'n' changes arrived, in their order. */
static void
lose_end(struct bytes *left, const struct node *node, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        apply(left, &node->changes[i]);
    }
}

/* Some changes arrived, in some order. */
static void
lose_some(struct mood *mood, struct bytes *left, const struct node *node)
{
    size_t old = left->size;
    if (node->now.size > old && happens(mood, 30)) {
        bytes_resize(left, node->now.size);
        if (happens(mood, 50)) {
            fill(mood, left, old);
        }
    }
    for (size_t i = 0; i < node->n_changes; i++) {
        lose_change(mood, left, &node->changes[i]);
    }
}

/* What is left of a file. */
static struct node *
lose_node(struct mood *mood, const struct node *node)
{
    struct node *left = kor_alloc(sizeof *left);
    bytes_put(&left->now, 0, node->durable.at, node->durable.size);
    if (happens(mood, 30)) {
        lose_end(&left->now, node,
                 (size_t)dice_int(mood->dice, 0, (int64_t)node->n_changes));
    } else {
        lose_some(mood, &left->now, node);
    }
    bytes_put(&left->durable, 0, left->now.at, left->now.size);
    return left;
}

static void
add_left(struct powervfs *left, const char *text, struct node *node)
{
    struct name *copy = find_name(left, text);
    set_node(&copy->now, node);
    set_node(&copy->durable, node);
}

struct powervfs *
powervfs_cut(const struct powervfs *disk, struct dice *dice)
{
    static const int shares[] = {0, 10, 50, 90, 100};
    struct powervfs *left = powervfs_new();
    struct mood mood = {.dice = dice,
                        .sector = dice_int(dice, 0, 1) ? 512 : 4096,
                        .share = shares[dice_int(dice, 0, 4)]};
    for (size_t i = 0; i < disk->n_names; i++) {
        const struct name *name = &disk->names[i];
        const struct node *node = happens(&mood, 50) ? name->now
                                                     : name->durable;
        if (node) {
            add_left(left, name->text, lose_node(&mood, node));
        }
    }
    return left;
}

struct powervfs *
powervfs_copy(const struct powervfs *disk)
{
    struct powervfs *copy = powervfs_new();
    for (size_t i = 0; i < disk->n_names; i++) {
        const struct node *node = disk->names[i].now;
        if (node) {
            struct node *twin = kor_alloc(sizeof *twin);
            bytes_put(&twin->now, 0, node->now.at, node->now.size);
            bytes_put(&twin->durable, 0, node->now.at, node->now.size);
            add_left(copy, disk->names[i].text, twin);
        }
    }
    return copy;
}
