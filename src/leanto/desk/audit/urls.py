"""The audit page."""

from leanto.desk.audit import views
from leanto.desk.site.access import Access, door

urlpatterns = [door("", views.audit, name="audit", access=Access.COORDINATOR)]
