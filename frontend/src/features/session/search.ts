import { text } from '@/shared/list/search';

/** `next` is a path within Piper only, so that a forged link cannot lead elsewhere after signing in. */
export function signInSearch(raw: Record<string, unknown>): { next?: string } {
  const next = text(raw, 'next');
  return next && /^\/[^/\\]/.test(next) ? { next } : {};
}

export function setupSearch(raw: Record<string, unknown>): { token?: string } {
  const token = text(raw, 'token');
  return token ? { token } : {};
}
