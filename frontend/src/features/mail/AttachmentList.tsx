import { IconPaperclip } from '@tabler/icons-react';
import { apiUrl } from '@/shared/api/client';
import type { Attachment } from '@/shared/api/types';
import { formatBytes } from '@/shared/format/number';
import classes from './mail.module.css';

interface AttachmentListProps {
  messageId: string;
  attachments: Attachment[];
}

/** What came with a mail. Piper does not keep the files: they are fetched from the mailbox on demand. */
export function AttachmentList({ messageId, attachments }: AttachmentListProps) {
  const files = attachments.filter((one) => !one.inline || one.name);
  if (files.length === 0) return null;
  return (
    <ul className={classes.attachments} aria-label="Attachments">
      {files.map((file) => (
        <li key={file.index}>
          <a
            className={classes.attachment}
            href={apiUrl(`/messages/${messageId}/attachments/${file.index}`)}
            download={file.name || true}
            title={`${file.type}, SHA-256 ${file.hash}`}
          >
            <IconPaperclip size={15} aria-hidden />
            <span className={classes.fileName}>{file.name || 'Unnamed'}</span>
            <span className={classes.mute}>{formatBytes(file.size)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
