import { useMay, useSession } from '@/shared/session/session';
import { Page } from '@/shared/ui/Page';
import { Calls } from './Calls';
import { Dependence } from './Dependence';
import { Diligence } from './Diligence';
import { GoneCold } from './GoneCold';
import classes from './home.module.css';
import { LatestPack } from './LatestPack';
import { Opportunities } from './Opportunities';
import { Runs } from './Runs';
import { Targets } from './Targets';
import { Tasks } from './Tasks';
import { Threads } from './Threads';

/** What is there to do, and with whom, stands on the left; what money there is to ask for on the right. */
export function HomePage() {
  const { account } = useSession();
  const mayFinance = useMay('finance:read');
  const mayMail = useMay('mail:read');
  const mayWork = useMay('engagement:write');
  const mayAsk = useMay('funding:write');
  const mayAim = useMay('targets:write');
  const mayReview = useMay('reviews:write');
  const isAdmin = useMay('admin:read');
  return (
    <Page
      title={`${greeting(new Date().getHours())}, ${account.name.split(' ')[0] ?? ''}`}
      tabTitle="Home"
    >
      {mayFinance && <Dependence />}
      {mayFinance && <LatestPack />}
      <div className={classes.columns}>
        <div>
          {mayWork && <Tasks />}
          {mayAim && <Targets />}
          {mayReview && <Diligence />}
          <GoneCold />
          {mayMail && <Threads />}
        </div>
        <div>
          {mayAsk && <Opportunities />}
          <Calls
            title="Closing soon"
            query={{ state: ['open'], sort: 'deadline' }}
            more={{ where: '["state","any",["open"]]', sort: 'deadline' }}
            empty="No open call has a deadline ahead."
          />
          <Calls
            title="New and changed calls"
            query={{ state: ['open', 'forthcoming'], sort: '-updatedAt' }}
            more={{ sort: '-updatedAt' }}
            empty="Nothing new. Calls show here after the calls job has run."
          />
          {isAdmin && <Runs />}
        </div>
      </div>
    </Page>
  );
}

function greeting(hour: number): string {
  if (hour < 5 || hour >= 18) return 'Good evening';
  return hour < 12 ? 'Good morning' : 'Good afternoon';
}
