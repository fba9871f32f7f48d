import { useDocumentTitle, useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { ThreadWithMessages } from '@/shared/api/types';
import { plural } from '@/shared/format/number';
import { LoadingRows, Ready } from '@/shared/states/states';
import { StakeholderLink } from '@/shared/stakeholders/StakeholderLink';
import { BackLabel, TextLink } from '@/shared/ui/links';
import classes from './mail.module.css';
import { MessageView } from './MessageView';
import { threadQuery } from './queries';
import { SharingControl } from './SharingControl';

const route = getRouteApi('/house/mail/$threadId');

export function ThreadPane() {
  const { threadId } = route.useParams();
  const query = useQuery(threadQuery(threadId));
  return (
    <div className={classes.reading}>
      <div className={classes.back}>
        <TextLink to="/mail" search={(old) => old}>
          <BackLabel>Mail</BackLabel>
        </TextLink>
      </div>
      <Ready query={query} loading={<LoadingRows rows={7} />}>
        {(answer) => <Conversation key={answer.thread.id} {...answer} />}
      </Ready>
    </div>
  );
}

function Conversation({ thread, messages }: ThreadWithMessages) {
  const subject = thread.subject || '(no subject)';
  useDocumentTitle(`${subject} · Piper`);
  // On a phone the list, whose heading leads the page otherwise, is out of sight.
  const alone = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false });
  const Heading = alone ? 'h1' : 'h2';
  const newest = messages.at(-1)?.id;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set(newest ? [newest] : []));
  const toggle = (id: string) => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  return (
    <article>
      <Heading className={classes.title}>{subject}</Heading>
      <div className={classes.about}>
        <span className={classes.mute}>{plural(messages.length, 'message')}</span>
        {thread.stakeholderIds.slice(0, 12).map((id) => (
          <StakeholderLink key={id} id={id} />
        ))}
        <SharingControl thread={thread} />
      </div>
      <ol className={classes.messages}>
        {messages.map((message) => (
          <MessageView
            key={message.id}
            message={message}
            open={open.has(message.id)}
            onToggle={() => toggle(message.id)}
          />
        ))}
      </ol>
    </article>
  );
}
