// What the record of the room asks of the portal, by name.
import type * as chat from '../../../shared/chat.ts';
import type * as materials from '../../../shared/materials.ts';
import type * as polls from '../../../shared/polls.ts';
import { call, caller, href } from '../../platform/call.ts';

export type Chat = chat.Chat;
export type ChatMessage = chat.ChatMessage;
export type Materials = materials.Materials;
export type Material = materials.Material;
export type Poll = polls.Poll;
export type Polls = polls.Polls;

export const readChat = (id: string, query: { before?: number; after?: number; q?: string } = {}): Promise<Chat> =>
  call<typeof chat.getChat>('GET', '/api/meetings/:id/chat', { params: { id }, query });
export const say = (id: string, body: { text: string; key: string; reply?: string; upload?: string }): Promise<ChatMessage> =>
  call<typeof chat.postChat>('POST', '/api/meetings/:id/chat', { params: { id }, body });
export const takeBack = (id: string, message: string): Promise<void> =>
  call<typeof chat.deleteChat>('DELETE', '/api/meetings/:id/chat/:message', { params: { id, message } });
export const chatFile = (id: string, message: string, small = false): Promise<Blob> =>
  call<typeof chat.getChatFile>('GET', '/api/meetings/:id/chat/:message/file', { params: { id, message }, query: small ? { thumb: '1' } : {} });
export const chatText = (id: string): Promise<Blob> => call<typeof chat.getChatText>('GET', '/api/meetings/:id/chat.txt', { params: { id } });

const AT_ONCE = 3;
/** Sends a file in its parts; answers the upload. `done` hears from 0 to 1. Given up, nothing of it stays at the portal. */
export async function upload(id: string, purpose: chat.UploadPurpose, file: File, signal: AbortSignal, done: (part: number) => void): Promise<string> {
  const body = { purpose, name: file.name, type: file.type, size: file.size };
  const { upload: mine, parts, partBytes } = await call<typeof chat.postRoomUpload>('POST', '/api/meetings/:id/uploads', { params: { id }, body, signal });
  try {
    let next = 0;
    let sent = 0;
    const worker = async (): Promise<void> => {
      while (next < parts) {
        const n = next;
        next += 1;
        const part = file.slice(n * partBytes, (n + 1) * partBytes);
        const given = { params: { id, upload: mine, part: String(n) }, body: part as never, signal };
        await call<typeof chat.putRoomPart>('PUT', '/api/meetings/:id/uploads/:upload/parts/:part', given);
        sent += 1;
        done(sent / parts);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return mine;
  } catch (error) {
    void call<typeof chat.deleteRoomUpload>('DELETE', '/api/meetings/:id/uploads/:upload', { params: { id, upload: mine } }).catch(() => {});
    throw error;
  }
}

export const readPolls = (id: string): Promise<Polls> => call<typeof polls.getPolls>('GET', '/api/meetings/:id/polls', { params: { id } });
export type NewPoll = Parameters<typeof ask>[1];
export const ask = (
  id: string,
  body: {
    key: string;
    kind: polls.PollKind;
    question: string;
    choices: string[];
    multiple: boolean;
    secret: boolean;
    voters: polls.PollVoters;
    live: boolean;
    minutes: number | null;
    open: boolean;
  },
): Promise<Polls> => call<typeof polls.postPoll>('POST', '/api/meetings/:id/polls', { params: { id }, body });
export const openPoll = (id: string, poll: string): Promise<Polls> =>
  call<typeof polls.postPollOpening>('POST', '/api/meetings/:id/polls/:poll/opening', { params: { id, poll } });
export const closePoll = (id: string, poll: string): Promise<Polls> =>
  call<typeof polls.postPollClosing>('POST', '/api/meetings/:id/polls/:poll/closing', { params: { id, poll } });
export const vote = (id: string, poll: string, choices: number[]): Promise<Polls> =>
  call<typeof polls.putVote>('PUT', '/api/meetings/:id/polls/:poll/vote', { params: { id, poll }, body: { choices } });

export const readMaterials = (id: string): Promise<Materials> => call<typeof materials.getMaterials>('GET', '/api/meetings/:id/materials', { params: { id } });
export const putUp = (id: string, uploaded: string, title: string): Promise<Materials> =>
  call<typeof materials.postMaterial>('POST', '/api/meetings/:id/materials', { params: { id }, body: { upload: uploaded, title } });
export const takeDown = (id: string, material: string): Promise<Materials> =>
  call<typeof materials.deleteMaterial>('DELETE', '/api/meetings/:id/materials/:material', { params: { id, material } });
export const show = (id: string, material: string | null, page: number): Promise<Materials> =>
  call<typeof materials.putShowing>('PUT', '/api/meetings/:id/showing', { params: { id }, body: { material, page } });
export const letPresent = (id: string, member: string, presents: boolean): Promise<Materials> =>
  call<typeof materials.putPresenter>('PUT', '/api/meetings/:id/presenters/:member', { params: { id, member }, body: { presents } });
export const materialFile = (id: string, material: string): Promise<Blob> =>
  call<typeof materials.getMaterialFile>('GET', '/api/meetings/:id/materials/:material/file', { params: { id, material }, query: { save: '1' } });
/** For a reader that asks for pieces itself. */
export const materialAddress = (id: string, material: string): { url: string; httpHeaders: Record<string, string> } => ({
  url: href('/api/meetings/:id/materials/:material/file', { id, material }),
  httpHeaders: caller.link === null ? {} : { 'x-tautan': caller.link },
});
