import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Affiliation, Stakeholder } from '@/shared/api/types';
import lines from '@/shared/record/lines.module.css';
import { useMay } from '@/shared/session/session';
import { EmptyState, LoadingRows, Ready } from '@/shared/states/states';
import { Folded } from '@/shared/ui/Folded';
import { Section } from '@/shared/ui/Page';
import type { Doing } from './dialogs';
import { History } from './History';
import { PostDialog } from './PostDialog';
import { PostRow } from './PostRow';
import { postsQuery } from './queries';
import { WithoutPost } from './WithoutPost';

const words = {
  person: {
    title: 'Posts',
    add: 'Add a post',
    empty: 'No post is recorded.',
    hint: 'Where they work and as what. What is over stays, so that we know where we have met them.',
    past: 'Former posts',
  },
  organisation: {
    title: 'People',
    add: 'Add a person',
    empty: 'Nobody is recorded here.',
    hint: 'Who works here and as what, and who holds its seats.',
    past: 'Former',
  },
  seat: {
    title: 'Holders',
    add: 'Add a holder',
    empty: 'Nobody holds this seat, as far as we know.',
    hint: 'A seat outlives its holders: mail and meetings stay with the person, the office stays here.',
    past: 'Former holders',
  },
};

/** The posts of a person, or the people of an organisation or a seat: current first, past folded. */
export function Posts({ one }: { one: Stakeholder }) {
  const posts = useQuery(postsQuery(one));
  const mayWrite = useMay('stakeholders:write');
  const [doing, setDoing] = useState<Doing | null>(null);
  const said = words[one.kind];
  const start = one.kind === 'person' ? { personId: one.id, atId: '' } : { atId: one.id };
  const holders = (posts.data?.items ?? []).filter(({ state }) => state === 'current');
  // A seat that one person holds gets its next holder in one step.
  const next: Doing =
    one.kind === 'seat' && holders[0] && holders.length === 1
      ? { what: 'succeed', post: holders[0] }
      : { what: 'add', with: start };
  const add = mayWrite && !one.trashedAt && posts.data && (
    <Button size="compact-sm" variant="default" onClick={() => setDoing(next)}>
      {next.what === 'succeed' ? 'New holder' : said.add}
    </Button>
  );
  return (
    <Section title={said.title} actions={add}>
      <Ready query={posts} loading={<LoadingRows rows={3} />}>
        {({ items }) => (
          <>
            {items.length === 0 && one.kind !== 'organisation' && (
              <EmptyState title={said.empty}>{said.hint}</EmptyState>
            )}
            {one.kind === 'seat' && <History posts={items} />}
            <PostLists one={one} posts={items} past={said.past} onDo={setDoing} />
            {one.kind === 'organisation' && (
              <WithoutPost one={one} posts={items} empty={said} onDo={setDoing} />
            )}
          </>
        )}
      </Ready>
      <PostDialog one={one} doing={doing} onDo={setDoing} />
    </Section>
  );
}

interface PostListsProps {
  one: Stakeholder;
  posts: Affiliation[];
  past: string;
  onDo: (next: Doing) => void;
}

function PostLists({ one, posts, past, onDo }: PostListsProps) {
  const row = (post: Affiliation) => (
    <PostRow
      key={post.id}
      post={post}
      tell={one.kind === 'person' ? 'at' : 'person'}
      {...(one.kind === 'organisation' && { within: one.id })}
      onDo={onDo}
    />
  );
  const over = posts.filter(({ state }) => state === 'past');
  const now = posts.filter(({ state }) => state !== 'past');
  return (
    <>
      {now.length > 0 && <ul className={lines.list}>{now.map(row)}</ul>}
      {over.length > 0 && (
        <Folded title={`${past} (${over.length})`}>
          <ul className={lines.list}>{over.map(row)}</ul>
        </Folded>
      )}
    </>
  );
}
