#!/usr/bin/python3
"""wkbrowser.py --data DIR [--feature Name]...: WebKitGTK with a profile that outlives it, for WebKitWebDriver.

The browsers that come with the driver are private windows under automation: they refuse pictures in IndexedDB and forget
everything. This is the nearest thing to Safari on a phone that can be had here.
"""
import sys

import gi

gi.require_version('Gtk', '3.0')
gi.require_version('WebKit2', '4.1')
from gi.repository import Gtk, WebKit2  # noqa: E402

arguments = sys.argv[1:]
data = arguments[arguments.index('--data') + 1]
features = [arguments[at + 1] for at, word in enumerate(arguments) if word == '--feature']

manager = WebKit2.WebsiteDataManager(base_data_directory=data, base_cache_directory=data + '/cache')
context = WebKit2.WebContext(website_data_manager=manager)
context.set_automation_allowed(True)
context.set_preferred_languages(['zh-Hant-HK', 'en'])


def open_view(*_):
    settings = WebKit2.Settings()
    known = WebKit2.Settings.get_all_features()
    for at in range(known.get_length()):
        feature = known.get(at)
        if feature.get_identifier() in features:
            settings.set_feature_enabled(feature, True)
    view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True, settings=settings)
    window = Gtk.Window(default_width=390, default_height=844)
    window.add(view)
    window.show_all()
    return view


def started(_, session):
    about = WebKit2.ApplicationInfo()
    about.set_name('wkbrowser')
    about.set_version(2, 50, 0)
    session.set_application_info(about)
    session.connect('create-web-view', open_view)


context.connect('automation-started', started)
Gtk.main()
