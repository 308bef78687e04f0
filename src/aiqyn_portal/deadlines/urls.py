from django.urls import path

from aiqyn_portal.deadlines import feeds
from aiqyn_portal.deadlines.views import manage, office, public

app_name = "deadlines"
urlpatterns = [
    path("deadlines/", public.calculator, name="calculator"),
    path("deadlines/calendar/", public.this_year, name="this_year"),
    path("deadlines/calendar/<int:number>/", public.year, name="year"),
    path("deadlines/terms/", public.terms, name="terms"),
    path("deadlines/<int:pk>/", public.deadline, name="deadline"),
    path("deadlines/body/<slug:code>/", public.body, name="body"),
    path("office/deadlines/", office.office, name="office"),
    path("office/deadlines/feed/", office.new_feed, name="new_feed"),
    path("office/deadlines/<int:pk>/extend/", office.extend, name="extend"),
    path("office/deadlines/<int:pk>/suspend/", office.suspend, name="suspend"),
    path("office/deadlines/<int:pk>/resume/", office.resume, name="resume"),
    path("office/deadlines/<int:pk>/hand-over/", office.hand_over, name="hand_over"),
    path("office/deadlines/<int:pk>/assign/", office.assign, name="assign"),
    path("manage/days/", manage.days, name="days"),
    path("manage/days/<int:pk>/withdraw/", manage.withdraw_day, name="withdraw_day"),
    path("manage/terms/<slug:code>/", manage.term, name="term"),
    path("manage/heads/<slug:code>/", manage.head, name="head"),
]
plain_urlpatterns = [
    path("deadlines/<str:language>/body/<slug:code>.ics", feeds.of_body, name="deadlines_of_body"),
    path(
        "deadlines/<str:language>/mine/<str:key>.ics", feeds.of_person, name="deadlines_of_person"
    ),
]
