import type { Affiliation } from '@/shared/api/types';
import { formatSpan } from '@/shared/format/span';
import lines from '@/shared/record/lines.module.css';
import { useMay } from '@/shared/session/session';
import { TextLink } from '@/shared/ui/links';
import { RowMenu, type RowAction } from '@/shared/ui/RowMenu';
import { Tag } from '@/shared/ui/Tag';
import type { Doing } from './dialogs';
import { useRemove } from './queries';
import classes from './affiliations.module.css';

interface PostRowProps {
  post: Affiliation;
  /** Which end is told: the page itself is the other one. */
  tell: 'person' | 'at';
  /** The organisation that the page is about: a post at one of its seats names the seat. */
  within?: string;
  onDo: (next: Doing) => void;
}

/** One post, as a line. */
export function PostRow({ post, tell, within, onDo }: PostRowProps) {
  const { title, note, primary, state } = post;
  const other = post[tell];
  const seat = tell === 'person' && within !== undefined && within !== post.atId ? post.at : null;
  const span = formatSpan(post);
  return (
    <li className={lines.row}>
      <div className={lines.body}>
        <p className={lines.head}>
          <TextLink to="/stakeholders/$id" params={{ id: other.id }} fw={500}>
            {other.name || 'No longer here'}
          </TextLink>
          {title && <span>{title}</span>}
          {primary && <Tag>Main post</Tag>}
          {state === 'future' && <Tag tone="info">To come</Tag>}
        </p>
        <p className={classes.words}>
          {seat && (
            <TextLink to="/stakeholders/$id" params={{ id: seat.id }}>
              {seat.name}
            </TextLink>
          )}
          {tell === 'at' && other.within && <span>{other.within}</span>}
          {span && <span>{span}</span>}
          {note && <span>{note}</span>}
        </p>
      </div>
      <Actions post={post} onDo={onDo} />
    </li>
  );
}

function Actions({ post, onDo }: Pick<PostRowProps, 'post' | 'onDo'>) {
  const mayWrite = useMay('stakeholders:write');
  const remove = useRemove();
  if (!mayWrite) return null;
  const actions: RowAction[] = [{ label: 'Change', onClick: () => onDo({ what: 'edit', post }) }];
  if (post.state === 'current') {
    actions.push(
      { label: 'Left…', onClick: () => onDo({ what: 'end', post }) },
      { label: 'New holder…', onClick: () => onDo({ what: 'succeed', post }) },
    );
  }
  actions.push({
    label: 'Remove, it was a mistake',
    onClick: () => remove.mutate(post),
    danger: true,
  });
  return <RowMenu of={`${post.person.name}, ${post.title ?? post.at.name}`} actions={actions} />;
}
