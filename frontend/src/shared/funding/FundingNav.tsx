import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Permission } from '@/shared/api/types';
import { useSession } from '@/shared/session/session';
import classes from './FundingNav.module.css';

interface FundingPage {
  to: string;
  label: string;
  need: Permission;
}

const pages = [
  { to: '/funding', label: 'Dashboard', need: 'finance:read' },
  { to: '/funding/forecast', label: 'Forecast', need: 'finance:read' },
  { to: '/funding/what-if', label: 'What if', need: 'finance:read' },
  { to: '/funding/budget', label: 'Budget', need: 'finance:read' },
  { to: '/funding/reserves', label: 'Reserves', need: 'finance:read' },
  { to: '/funding/income', label: 'Income', need: 'finance:read' },
  { to: '/funding/fees', label: 'Fees', need: 'finance:read' },
  { to: '/funding/bank', label: 'Bank', need: 'finance:write' },
  { to: '/funding/agreements', label: 'Agreements', need: 'funding:read' },
  { to: '/funding/obligations', label: 'Obligations', need: 'funding:read' },
  { to: '/funding/strings', label: 'Strings', need: 'funding:read' },
  { to: '/funding/diligence', label: 'Due diligence', need: 'funding:read' },
  { to: '/funding/funders', label: 'Funders', need: 'funding:read' },
  { to: '/funding/board', label: 'Board packs', need: 'finance:read' },
] as const satisfies readonly FundingPage[];

/** The pages of funding that one may read, side by side below the title of each. */
export function FundingNav() {
  const { permissions } = useSession();
  const nav = useRef<HTMLElement>(null);
  // On a phone the line is longer than the screen. Only the line moves, never the page.
  useEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>('[aria-current]');
    if (!nav.current || !current) return;
    const { offsetLeft, clientWidth } = nav.current;
    nav.current.scrollLeft =
      current.offsetLeft - offsetLeft - (clientWidth - current.offsetWidth) / 2;
  }, []);
  return (
    <nav ref={nav} aria-label="Funding" className={classes.pages}>
      {pages
        .filter(({ need }) => permissions.includes(need))
        .map(({ to, label }) => (
          <Link
            key={to}
            to={to}
            className={classes.page}
            activeOptions={{ exact: true, includeSearch: false }}
            activeProps={{ 'aria-current': 'page' }}
          >
            {label}
          </Link>
        ))}
    </nav>
  );
}
