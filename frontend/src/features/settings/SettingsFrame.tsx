import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useSession } from '@/shared/session/session';
import classes from './settings.module.css';

const pages = [
  { to: '/settings/accounts', label: 'Accounts', need: 'admin:read' },
  { to: '/settings/mailboxes', label: 'Mailboxes', need: 'mail:write' },
  { to: '/settings/guardrail', label: 'Guardrail', need: 'admin:read' },
  { to: '/settings/sources', label: 'Sources of calls', need: 'admin:read' },
  { to: '/settings/jobs', label: 'Jobs', need: 'admin:read' },
  { to: '/settings/privacy', label: 'Privacy', need: 'admin:read' },
  { to: '/settings/webhooks', label: 'Webhooks', need: 'admin:read' },
  { to: '/settings/audit', label: 'Audit log', need: 'admin:read' },
  { to: '/settings/about', label: 'About', need: null },
] as const;

export function SettingsFrame() {
  const { permissions } = useSession();
  const nav = useRef<HTMLElement>(null);
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  // On a phone the names stand in one row that scrolls: the open page's must be in sight.
  useEffect(() => {
    nav.current
      ?.querySelector('[aria-current]')
      ?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [pathname]);
  return (
    <div className={classes.frame}>
      <nav ref={nav} aria-label="Settings" className={classes.nav}>
        <ul>
          {pages.map(({ to, label, need }) =>
            need === null || permissions.includes(need) ? (
              <li key={to}>
                <Link
                  to={to}
                  className={classes.link}
                  activeOptions={{ includeSearch: false }}
                  activeProps={{ 'aria-current': 'page' }}
                >
                  {label}
                </Link>
              </li>
            ) : null,
          )}
        </ul>
      </nav>
      <div className={classes.body}>
        <Outlet />
      </div>
    </div>
  );
}
