import { Drawer } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Navigation } from './Navigation';
import classes from './Shell.module.css';
import { TopBar } from './TopBar';

const Palette = lazy(() =>
  import('@/features/search/Palette').then((module) => ({ default: module.Palette })),
);

/** What surrounds every signed-in page. */
export function Shell() {
  const [menuOpen, menu] = useDisclosure(false);
  const [searching, search] = useDisclosure(false);
  const [paletteWanted, setPaletteWanted] = useState(false);
  const main = useRef<HTMLElement>(null);
  const pathname = useRouterState({ select: (state) => state.location.pathname });

  const openSearch = () => {
    setPaletteWanted(true);
    search.open();
  };
  useHotkeys([['mod+K', openSearch]], []);

  // When the link that was followed is gone with its page, the reading continues in the new one. A page
  // that was opened by its address is read from the top, where the way past the navigation stands.
  const opened = useRef(pathname);
  useEffect(() => {
    if (opened.current === pathname) return;
    opened.current = '';
    menu.close();
    if (document.activeElement === document.body) main.current?.focus({ preventScroll: true });
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [pathname]);

  return (
    <div className={classes.shell}>
      <a href="#main" className={classes.skip}>
        Skip to content
      </a>
      <aside className={classes.side}>
        <Navigation />
      </aside>
      <Drawer
        opened={menuOpen}
        onClose={menu.close}
        size={264}
        title="Piper"
        closeButtonProps={{ 'aria-label': 'Close the menu' }}
      >
        <Navigation />
      </Drawer>
      <TopBar onMenu={menu.open} onSearch={openSearch} />
      <main
        id="main"
        ref={main}
        tabIndex={-1}
        className={classes.main}
        data-scroll-restoration-id="main"
      >
        <Outlet />
      </main>
      {paletteWanted && (
        <Suspense fallback={null}>
          <Palette opened={searching} onClose={search.close} />
        </Suspense>
      )}
    </div>
  );
}
