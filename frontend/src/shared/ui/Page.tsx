import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './Page.module.css';

interface PageProps {
  title: string;
  /** What stands in the browser's tab; the title unless told. */
  tabTitle?: string;
  /** A count or a state, on the line of the title. */
  aside?: ReactNode;
  actions?: ReactNode;
  /** Above the title: the way back. */
  back?: ReactNode;
  /** Text pages read better in a narrow column. */
  narrow?: boolean;
  children: ReactNode;
}

export function Page({
  title,
  tabTitle,
  aside,
  actions,
  back,
  narrow = false,
  children,
}: PageProps) {
  useDocumentTitle(`${tabTitle ?? title} · Piper`);
  return (
    <div className={classes.page} data-narrow={narrow || undefined}>
      {back && <div className={classes.back}>{back}</div>}
      <div className={classes.head}>
        <div className={classes.lead}>
          <h1 className={classes.title}>{title}</h1>
          {aside && <div className={classes.aside}>{aside}</div>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}

interface SectionProps {
  title: string;
  aside?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

export function Section({ title, aside, actions, children }: SectionProps) {
  return (
    <section className={classes.section} aria-label={title}>
      <div className={classes.sectionHead}>
        <h2 className={classes.sectionTitle}>{title}</h2>
        {aside && <div className={classes.aside}>{aside}</div>}
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      {children}
    </section>
  );
}
