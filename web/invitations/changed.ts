/** What an answer or a disposisi makes old. */
export const CHANGED = ['/api/invitation', '/api/me/answers', '/api/meetings/:id/answers', '/api/meetings', '/api/meetings/:id'];
