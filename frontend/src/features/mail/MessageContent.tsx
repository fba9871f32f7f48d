import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { apiUrl } from '@/shared/api/client';
import { isStatus } from '@/shared/api/problem';
import type { Message } from '@/shared/api/types';
import { LoadingRows, Ready } from '@/shared/states/states';
import { AttachmentList } from './AttachmentList';
import classes from './mail.module.css';
import { bodyQuery } from './queries';

/**
 * The text of a mail. HTML was written by strangers: it stays in a frame that may run nothing, reach
 * nothing of Piper, and load nothing from elsewhere.
 */
export function MessageContent({ message }: { message: Message }) {
  const body = useQuery(bodyQuery(message.id));
  const [plain, setPlain] = useState(false);
  if (isStatus(body.error, 404)) {
    return <p className={classes.notShared}>The text of this message is not shared with you.</p>;
  }
  return (
    <Ready query={body} loading={<LoadingRows rows={4} />}>
      {({ text, html, attachments }) => (
        <>
          {html && !plain ? (
            <iframe
              className={classes.frame}
              title={`Message from ${message.from.name ?? message.from.address}`}
              src={apiUrl(`/messages/${message.id}/html`)}
              sandbox="allow-popups allow-popups-to-escape-sandbox"
              referrerPolicy="no-referrer"
              style={{ height: roughHeight(text) }}
            />
          ) : (
            <div className={classes.text}>{text || '(This message has no text.)'}</div>
          )}
          <AttachmentList messageId={message.id} attachments={attachments} />
          {html && text && (
            <Button variant="subtle" size="compact-xs" onClick={() => setPlain(!plain)}>
              {plain ? 'Show with formatting' : 'Show as plain text'}
            </Button>
          )}
        </>
      )}
    </Ready>
  );
}

/** The frame cannot be measured from outside; its text says about how tall it will be. */
function roughHeight(text: string): number {
  const lines = text
    .split('\n')
    .reduce((n, line) => n + Math.max(1, Math.ceil(line.length / 80)), 0);
  return Math.min(Math.max(lines * 24 + 48, 120), 720);
}
