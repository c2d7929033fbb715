// Opening a message, from the home page or the inbox: it is read, and leads to its place.
import { post } from '../api.js';
import { session } from '../session.js';

export async function openMessage(message, router) {
  if (message.link) router.push(message.link);
  if (message.read_at) return;
  message.read_at = new Date().toISOString();
  try {
    await post(`messages/${message.id}/read/`);
    if (session.me) session.me.unread_messages -= 1;
  } catch {
    message.read_at = null; // stays unread, and the next tap tries again
  }
}
