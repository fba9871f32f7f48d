import { Link } from '@tanstack/react-router';
import { useMay } from '@/shared/session/session';
import classes from './funding.module.css';

const pages = [
  { to: '/funding', label: 'Dashboard' },
  { to: '/funding/forecast', label: 'Forecast' },
  { to: '/funding/what-if', label: 'What if' },
  { to: '/funding/budget', label: 'Budget' },
  { to: '/funding/reserves', label: 'Reserves' },
  { to: '/funding/income', label: 'Income' },
  { to: '/funding/bank', label: 'Bank' },
  { to: '/funding/board', label: 'Board packs' },
] as const;

/** The pages of funding, side by side. */
export function FundingNav() {
  const mayWrite = useMay('finance:write');
  return (
    <nav aria-label="Funding" className={classes.pages}>
      {pages
        .filter(({ to }) => mayWrite || to !== '/funding/bank')
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
