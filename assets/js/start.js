// Starts Dash; the page's own scripts are in place by now.
window.renderer = new DashRenderer();
