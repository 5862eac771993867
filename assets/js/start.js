// Starts Dash; the page's own scripts are in place by now.
window.renderer = new DashRenderer({
  layout_pre: null, layout_post: null, callback_resolved: null, request_refresh_jwt: null,
  request_pre: dash_clientside.karne.asked, request_post: dash_clientside.karne.answered
});
