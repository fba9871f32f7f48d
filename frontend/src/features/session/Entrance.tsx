import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './Entrance.module.css';

/** The frame of the pages before signing in. */
export function Entrance({ title, children }: { title: string; children: ReactNode }) {
  useDocumentTitle(`${title} · Piper`);
  return (
    <div className={classes.entrance}>
      <aside className={classes.side} aria-hidden>
        <img src="/piper.svg" alt="" width={44} height={44} />
        <p className={classes.motto}>
          The one who pays <br />
          the piper calls <br />
          the tune?
        </p>
      </aside>
      <main className={classes.main} id="main">
        <div className={classes.form}>
          <p className={classes.brand}>Piper</p>
          <h1 className={classes.title}>{title}</h1>
          {children}
        </div>
      </main>
    </div>
  );
}
