/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_GROUPS_H
#define SERVICE_GROUPS_H 1

/* Groups, as far as their meetings and other use cases need them. */

#include "service/handlers.h"
#include "store/group.h"

/* Finds a group by its name, and checks that the caller may do the verb to it:
 * leaders are its owners, and the staff of its unit are the unit's. */
KOR_NODISCARD enum kor_code kor_group_find(struct kor_context *context,
                                           const char *name,
                                           struct kor_group *group);

/* The same, for whom it is no matter whose the group is. */
KOR_NODISCARD enum kor_code kor_group_by_name(struct kor_context *context,
                                              const char *name,
                                              struct kor_group *group);

/* Whether it is led by the account 'name'. */
bool kor_group_is_led_by(const struct kor_group *group, const char *name);

/* Fills the message about a group that has changed with all that it holds, and
 * lets others hear of it; who is in it is noted for the access log. */
KOR_NODISCARD enum kor_code kor_group_changed(struct kor_context *context,
                                              const struct kor_group *group,
                                              struct kor_msg_group *out);

/* What a group is, and nobody who is in it. */
void kor_group_put(const struct kor_group *group, struct kor_msg_group *out);

/* Stores in '*out' the groups that the episode was in, with their meetings;
 * free as any list of a message. */
KOR_NODISCARD enum kor_code
kor_groups_of(struct kor_context *context, const struct kor_episode *episode,
              struct kor_msg_membership **out, size_t *n);

#endif /* service/groups.h */
