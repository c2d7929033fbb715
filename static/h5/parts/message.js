// Opening a message, from the home page or the inbox: it is read, and leads to its place.
import { getMe, post } from '../api.js';

export async function openMessage(message, router) {
  if (message.link) router.push(message.link);
  if (message.read_at) return;
  message.read_at = new Date().toISOString();
  try {
    await post(`messages/${message.id}/read/`);
  } catch {
    message.read_at = null; // stays unread, and the next tap tries again
    return;
  }
  getMe().catch(() => {}); // how many are unread is the server's to say: what is shown may be of before or after this one
}
