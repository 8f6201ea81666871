// The kinds of notices in the order they are shown.
import type { NoticeKind } from '../../shared/notifications.ts';
import { noticeWords } from '../words/notifications.ts';

export const noticeKinds = Object.keys(noticeWords.id.kinds) as NoticeKind[];
