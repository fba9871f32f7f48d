import { useRouterState } from '@tanstack/react-router';
import { useEffect, type ComponentType } from 'react';
import type { Permission } from '@/shared/api/types';
import { useSession } from '@/shared/session/session';
import { TextLink } from '@/shared/ui/links';
import classes from './RecordSections.module.css';

/**
 * One part of a record's page. A record is known to many features and features never import each other,
 * so no feature lists the sections: src/app does (stakeholderSections.ts), and hands the list to the page of
 * the record. A section gets the record and nothing else; it asks the API for the rest itself, and shows its
 * own loading, empty and error state inside a `Section` of shared/ui/Page.
 */
export interface RecordSection<T> {
  /** The section's anchor in the address: /stakeholders/…#people. */
  id: string;
  /** What the link at the top of the page calls it. */
  title: string;
  place: 'main' | 'side';
  Component: ComponentType<{ one: T }>;
  /** Who may not do this sees neither the section nor the link to it. */
  needs?: Permission;
  /** Whether this record has such a section; unless told, every record has. */
  has?: (one: T) => boolean;
}

interface RecordSectionsProps<T> {
  one: T;
  sections: readonly RecordSection<T>[];
}

/** The sections of a record in two columns, on a phone in one, with links to each on top. */
export function RecordSections<T>({ one, sections }: RecordSectionsProps<T>) {
  const { permissions } = useSession();
  const shown = sections.filter(
    ({ needs, has }) => (!needs || permissions.includes(needs)) && (has?.(one) ?? true),
  );
  useScrollToHash();
  const column = (place: 'main' | 'side') =>
    shown
      .filter((section) => section.place === place)
      .map(({ id, Component }) => (
        <div key={id} id={id} className={classes.slot}>
          <Component one={one} />
        </div>
      ));
  return (
    <>
      <nav aria-label="Sections" className={classes.links}>
        {shown.map(({ id, title, place }) => (
          <TextLink key={id} to="." hash={id} search replace data-place={place}>
            {title}
          </TextLink>
        ))}
      </nav>
      <div className={classes.columns}>
        <div className={classes.main}>{column('main')}</div>
        <div className={classes.side}>{column('side')}</div>
      </div>
    </>
  );
}

/** The router has looked for the anchor before the record was loaded. */
function useScrollToHash() {
  const hash = useRouterState({ select: (state) => state.location.hash });
  useEffect(() => {
    if (hash) document.getElementById(hash)?.scrollIntoView();
  }, [hash]);
}
