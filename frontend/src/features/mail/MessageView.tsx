import { IconPaperclip } from '@tabler/icons-react';
import type { MailAddress, Message } from '@/shared/api/types';
import { When } from '@/shared/ui/When';
import classes from './mail.module.css';
import { MessageContent } from './MessageContent';

interface MessageViewProps {
  message: Message;
  open: boolean;
  onToggle: () => void;
}

/** One mail of a conversation: a line while it is closed, all of it when open. */
export function MessageView({ message, open, onToggle }: MessageViewProps) {
  return (
    <li className={classes.message}>
      <button type="button" className={classes.messageHead} aria-expanded={open} onClick={onToggle}>
        <span className={classes.from}>{message.from.name ?? message.from.address}</span>
        <span className={classes.messageSnippet}>
          {open ? message.from.name && `<${message.from.address}>` : message.snippet}
        </span>
        {message.hasAttachments && <IconPaperclip size={15} aria-label="With attachments" />}
        <span className={classes.mute}>
          <When at={message.date} short={!open} />
        </span>
      </button>
      {open && (
        <div className={classes.messageBody}>
          <p className={classes.recipients}>
            {message.to.length > 0 && <>to {list(message.to)}</>}
            {message.cc.length > 0 && <>, copy to {list(message.cc)}</>}
          </p>
          <MessageContent message={message} />
        </div>
      )}
    </li>
  );
}

function list(people: MailAddress[]): string {
  return people.map((one) => one.name ?? one.address).join(', ');
}
