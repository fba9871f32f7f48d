import { Link } from '@tanstack/react-router';
import {
  IconBuildingCommunity,
  IconChartBar,
  IconChecklist,
  IconHome,
  IconLayoutKanban,
  IconMail,
  IconSettings,
  IconSpeakerphone,
} from '@tabler/icons-react';
import type { Permission } from '@/shared/api/types';
import { useSession } from '@/shared/session/session';
import classes from './Navigation.module.css';

interface Item {
  to: string;
  label: string;
  icon: typeof IconHome;
  need: Permission | null;
  unless?: Permission;
}

const items = [
  { to: '/', label: 'Home', icon: IconHome, need: null },
  {
    to: '/stakeholders',
    label: 'Stakeholders',
    icon: IconBuildingCommunity,
    need: 'stakeholders:read',
  },
  { to: '/tasks', label: 'Tasks', icon: IconChecklist, need: 'engagement:read' },
  { to: '/calls', label: 'Calls', icon: IconSpeakerphone, need: 'calls:read' },
  { to: '/pipeline', label: 'Pipeline', icon: IconLayoutKanban, need: 'funding:read' },
  { to: '/funding', label: 'Funding', icon: IconChartBar, need: 'finance:read' },
  // Who reads agreements and no figures comes in by them.
  {
    to: '/funding/agreements',
    label: 'Funding',
    icon: IconChartBar,
    need: 'funding:read',
    unless: 'finance:read',
  },
  { to: '/mail', label: 'Mail', icon: IconMail, need: 'mail:read' },
  { to: '/settings', label: 'Settings', icon: IconSettings, need: null },
] as const satisfies readonly Item[];

export function Navigation() {
  const { permissions } = useSession();
  return (
    <nav aria-label="Main" className={classes.nav}>
      <Link to="/" className={classes.brand} aria-label="Piper, home">
        <img src="/piper.svg" alt="" width={26} height={26} />
        <span>Piper</span>
      </Link>
      <ul className={classes.list}>
        {items.filter(shownTo(permissions)).map(({ to, label, icon: Icon }) => (
          <li key={to}>
            <Link
              to={to}
              className={classes.link}
              activeOptions={{ exact: to === '/', includeSearch: false }}
              activeProps={{ 'aria-current': 'page' }}
            >
              <Icon size={18} stroke={1.7} aria-hidden />
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function shownTo(permissions: readonly string[]) {
  return ({ need, unless }: Item) =>
    (need === null || permissions.includes(need)) && !(unless && permissions.includes(unless));
}
