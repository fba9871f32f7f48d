import { Link } from '@tanstack/react-router';
import {
  IconBuildingCommunity,
  IconChartBar,
  IconHome,
  IconMail,
  IconSettings,
  IconSpeakerphone,
} from '@tabler/icons-react';
import { useSession } from '@/shared/session/session';
import classes from './Navigation.module.css';

const items = [
  { to: '/', label: 'Home', icon: IconHome, need: null },
  {
    to: '/stakeholders',
    label: 'Stakeholders',
    icon: IconBuildingCommunity,
    need: 'stakeholders:read',
  },
  { to: '/calls', label: 'Calls', icon: IconSpeakerphone, need: 'calls:read' },
  { to: '/funding', label: 'Funding', icon: IconChartBar, need: 'finance:read' },
  { to: '/mail', label: 'Mail', icon: IconMail, need: 'mail:read' },
  { to: '/settings', label: 'Settings', icon: IconSettings, need: null },
] as const;

export function Navigation() {
  const { permissions } = useSession();
  return (
    <nav aria-label="Main" className={classes.nav}>
      <Link to="/" className={classes.brand} aria-label="Piper, home">
        <img src="/piper.svg" alt="" width={26} height={26} />
        <span>Piper</span>
      </Link>
      <ul className={classes.list}>
        {items.map(({ to, label, icon: Icon, need }) =>
          need === null || permissions.includes(need) ? (
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
          ) : null,
        )}
      </ul>
    </nav>
  );
}
