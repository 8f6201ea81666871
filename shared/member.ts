import { z } from 'zod';

/** A member of a room: `p_<person id>` or `g_<invitation id>` for a guest. A LiveKit identity is `<member>:<device>`. */
export const Member = z.string().regex(/^[pg]_[0-9a-f-]{36}$/);
